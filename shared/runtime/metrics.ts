export type Metric = { readonly value: number; readonly unit: 'Count' | 'Seconds' };

/** One line of CloudWatch's embedded metric format: numbers under names, no dimension, no id. */
export function metricLine(metrics: Readonly<Record<string, Metric>>, timestamp: number): string {
  const Metrics = Object.entries(metrics).map(([Name, { unit }]) => ({ Name, Unit: unit }));
  const values = Object.entries(metrics).map(([name, { value }]) => [name, value]);
  return `${JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: 'Lapse', Dimensions: [[]], Metrics }],
    },
    ...Object.fromEntries(values),
  })}\n`;
}

export function putMetrics(metrics: Readonly<Record<string, Metric>>, timestamp: number): void {
  process.stdout.write(metricLine(metrics, timestamp));
}
