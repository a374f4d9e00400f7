import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Configuration } from '../configuration/configuration.ts';
import { purgePeriodMinutes } from '../stacks/purge-period.ts';
import { lapseMetric } from './lapse-metric.ts';
import type { Watch } from './watch.ts';

export type WatchPrivacyProps = {
  readonly configuration: Pick<Configuration, 'messages' | 'purge' | 'sensitiveData'>;
  readonly namespace: string;
};

/** Far inside the month that data protection laws give, and long enough for an erasure to be tried again. */
const erasureBoundSeconds = 86_400;

/** Whether the promise is kept. */
export function watchPrivacy(alarm: Watch, props: WatchPrivacyProps): readonly Alarm[] {
  const { configuration, namespace } = props;
  const { messages, purge, sensitiveData } = configuration;
  return [
    alarm('OpenErasures', {
      metric: lapseMetric({
        namespace,
        name: 'OldestOpenErasureAge',
        statistic: 'Maximum',
        periodMinutes: 60,
      }),
      above: erasureBoundSeconds,
      section: 'open-erasures',
      says: 'An erasure has been open for more than a day',
    }),
    ...(!messages.stored || purge.boundSeconds === undefined
      ? []
      : [
          alarm('ExpiredItems', {
            metric: lapseMetric({
              namespace,
              name: 'OldestExpiredItemAge',
              statistic: 'Maximum',
              // Two runs: one of them may find the other's lease and say nothing.
              periodMinutes: 2 * purgePeriodMinutes(purge.boundSeconds),
            }),
            above: purge.boundSeconds,
            section: 'expired-items',
            says: 'Something expired is older than the bound, or the sweeper does not run',
            silenceIsTrouble: true,
          }),
        ]),
    ...(sensitiveData === 'allow'
      ? []
      : [
          alarm('SensitiveData', {
            metric: lapseMetric({ namespace, name: 'SensitiveData', statistic: 'Sum', periodMinutes: 60 }),
            above: 20,
            section: 'sensitive-data',
            says: 'Many texts with sensitive data in one hour',
          }),
        ]),
  ];
}
