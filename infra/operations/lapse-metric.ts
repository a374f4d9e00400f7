import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../../shared/runtime/metrics.ts';

export type LapseMetricProps = {
  readonly namespace: string;
  readonly name: MetricName;
  readonly statistic: 'Sum' | 'Maximum';
  readonly periodMinutes?: number;
};

/** What the functions measure; a name that none of them can emit does not compile. */
export function lapseMetric({ namespace, name, statistic, periodMinutes = 5 }: LapseMetricProps): Metric {
  return new Metric({ namespace, metricName: name, statistic, period: Duration.minutes(periodMinutes) });
}
