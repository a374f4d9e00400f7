import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { period } from '../data-map/durations.ts';
import { MediaBucket } from './media-bucket.ts';

export type HandoverBucketProps = { readonly handoverSeconds: number };

/** Where messages are not stored: media on its way to whoever is connected. No hold reaches what only passes through. */
export class HandoverBucket extends MediaBucket {
  constructor(scope: Construct, id: string, { handoverSeconds }: HandoverBucketProps) {
    super(scope, id, {
      dataMap: {
        name: 'handoverObjects',
        kinds: ['message'],
        purpose: 'pictures, audio, video and files on their way to whoever is connected',
        life: `until everybody connected has it, ${period(handoverSeconds)} at most; what is not sent, an hour`,
        deletion:
          'in the instant in which the last one has it, else by the sweeper that runs every minute; the lifecycle as the backstop',
      },
      expiry: { id: 'handover', expiration: Duration.days(1) },
    });
  }
}
