import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { period } from '../data-map/durations.ts';
import { StoreBucket } from './store-bucket.ts';

export type ReportBucketProps = { readonly keepSeconds: number };

/** Days in which somebody may see to a sweeper that does not run. */
const slackDays = 2;

/** Copies of the media of reported messages. Its lifecycle leaves alone what a legal hold has taken the tag from. */
export class ReportBucket extends StoreBucket<'*'> {
  constructor(scope: Construct, id: string, { keepSeconds }: ReportBucketProps) {
    super(scope, id, {
      variable: 'reportBucket',
      dataMap: {
        name: 'reportObjects',
        kinds: ['message'],
        purpose: 'copies of the pictures, audio, video and files of messages that people have reported',
        life: `until a moderator decides, ${period(keepSeconds)} at most`,
        deletion:
          'together with the report; no erasure of the message reaches them before; a legal hold keeps them; the lifecycle as the backstop',
      },
      lifecycleRules: [
        {
          id: 'reports',
          tagFilters: { lapse: 'timed' },
          expiration: Duration.days(Math.ceil(keepSeconds / 86_400) + slackDays),
        },
      ],
    });
  }
}
