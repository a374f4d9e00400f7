import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { WorkQueue } from '../constructs/work-queue.ts';
import type { Watch } from './watch.ts';

/** Its five attempts are too far apart for the alarm of the function's errors. */
export function watchWork(alarm: Watch, works: readonly WorkQueue[]): readonly Alarm[] {
  return works.map((work) =>
    alarm(`${work.node.id}DeadLetters`, {
      metric: work.deadLetterDepth,
      above: 0,
      section: 'dead-letters',
      says: `${work.node.id}: work failed five times`,
    }),
  );
}
