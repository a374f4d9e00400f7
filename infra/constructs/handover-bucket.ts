import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { period } from '../data-map/durations.ts';
import { MediaBucket, type MediaBucketProps } from './media-bucket.ts';

export type HandoverBucketProps = Pick<MediaBucketProps, 'origins'> & { readonly handoverSeconds: number };

/** Where messages are not stored: media on its way to whoever is connected. No hold reaches what only passes through. */
export class HandoverBucket extends MediaBucket {
  constructor(scope: Construct, id: string, { handoverSeconds, origins }: HandoverBucketProps) {
    super(scope, id, {
      origins,
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
