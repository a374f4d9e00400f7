/** Counts for CloudWatch, in its embedded metric format: names and numbers, nothing of anybody's. */
export type Counters = {
  count(name: string, value: number, dimensions: Readonly<Record<string, string>>): void;
};

export function counters(
  write: (text: string) => void = (text) => void process.stdout.write(text),
  now: () => number = Date.now,
): Counters {
  return {
    count(name, value, dimensions) {
      const metric = {
        Namespace: 'Lapse',
        Dimensions: [Object.keys(dimensions)],
        Metrics: [{ Name: name, Unit: 'Count' }],
      };
      const line = { _aws: { Timestamp: now(), CloudWatchMetrics: [metric] }, ...dimensions, [name]: value };
      write(`${JSON.stringify(line)}\n`);
    },
  };
}
