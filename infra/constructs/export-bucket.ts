import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { StoreBucket } from './store-bucket.ts';

/** Finished exports, which a function deletes within the hour: the day of the lifecycle is only the backstop. */
export class ExportBucket extends StoreBucket<'*'> {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      variable: 'exportBucket',
      dataMap: {
        name: 'exportFiles',
        kinds: ['message', 'profile', 'membership', 'consent'],
        purpose: 'zips of all that is held about a user, for that user to fetch',
        life: '30 m',
        deletion: 'by a function within the hour, by erasure at once',
      },
      lifecycleRules: [
        { expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }
}
