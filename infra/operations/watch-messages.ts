import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { RetryQueue } from '../constructs/retry-queue.ts';
import { lapseMetric } from './lapse-metric.ts';
import type { Watch } from './watch.ts';

export type WatchMessagesProps = { readonly namespace: string; readonly retries: RetryQueue | undefined };

/** Whether people get in, and whether what they write reaches the others. */
export function watchMessages(alarm: Watch, { namespace, retries }: WatchMessagesProps): readonly Alarm[] {
  const handshakes = alarm('AuthorizerErrors', {
    metric: lapseMetric({ namespace, name: 'AuthorizerErrors', statistic: 'Sum' }),
    above: 4,
    section: 'authorizer-errors',
    says: 'Handshakes fail because the issuer or the consent ledger does not answer',
  });
  const pushes = alarm('FanOutFailures', {
    metric: lapseMetric({ namespace, name: 'FanOutFailures', statistic: 'Sum' }),
    above: 100,
    periods: 2,
    section: 'fan-out-failures',
    says: 'Many pushes could not be handed over to API Gateway',
  });
  if (retries === undefined) return [handshakes, pushes];
  return [
    handshakes,
    pushes,
    alarm('RetryQueueDepth', {
      metric: retries.depth,
      above: 1_000,
      periods: 2,
      section: 'retry-queue',
      says: 'Pushes wait faster than they are tried again',
    }),
    alarm('RetryQueueAge', {
      metric: retries.age,
      above: 300,
      section: 'retry-queue',
      says: 'A push has been waiting for more than five minutes',
    }),
    alarm('DeadLetters', {
      metric: retries.deadLetterDepth,
      above: 0,
      section: 'dead-letters',
      says: 'Pushes were given up',
    }),
  ];
}
