import { Duration } from 'aws-cdk-lib';
import { type CorsRule, HttpMethods, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Declaration } from '../data-map/declaration.ts';
import { period } from '../data-map/durations.ts';
import { StoreBucket } from './store-bucket.ts';

type MediaBucketProps = {
  readonly dataMap: Declaration;
  /** The backstop for what has been sent. */
  readonly expiry: LifecycleRule;
  /** Of the pages that may put and get; none listed: no page of another origin. */
  readonly origins: readonly string[];
};

/** The pages that the operator knows, and no others: whoever got hold of an address could read the media in a page. */
const browsers = (origins: readonly string[]): CorsRule => ({
  allowedOrigins: [...origins],
  allowedMethods: [HttpMethods.PUT, HttpMethods.GET],
  allowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'range'],
  maxAge: 3_600,
});

/** Pictures, audio, video and files: uploads under `incoming/`, what was processed and sent under `media/`. */
export abstract class MediaBucket extends StoreBucket<'incoming/*' | 'media/*'> {
  constructor(scope: Construct, id: string, { dataMap, expiry, origins }: MediaBucketProps) {
    super(scope, id, {
      variable: 'mediaBucket',
      dataMap,
      cors: origins.length > 0 ? [browsers(origins)] : [],
      lifecycleRules: [
        expiry,
        {
          id: 'incoming',
          prefix: 'incoming/',
          expiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
  }
}

export type StoredMediaBucketProps = Pick<MediaBucketProps, 'origins'> & {
  readonly retentionSeconds: number;
};

/** The media of messages that are stored. Its lifecycle leaves alone what a legal hold has taken the tag from. */
export class StoredMediaBucket extends MediaBucket {
  constructor(scope: Construct, id: string, { retentionSeconds, origins }: StoredMediaBucketProps) {
    super(scope, id, {
      origins,
      dataMap: {
        name: 'mediaObjects',
        kinds: ['message'],
        purpose: 'pictures, audio, video and files of the chat',
        deletion:
          'by the sweeper and by erasure, before the message; unsent uploads within the hour; the lifecycle as the backstop',
      },
      expiry: {
        id: 'media',
        tagFilters: { lapse: 'timed' },
        expiration: Duration.days(Math.ceil(retentionSeconds / 86_400)),
      },
    });
  }
}

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
