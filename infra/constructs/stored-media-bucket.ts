import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ChatFunction } from './chat-function.ts';
import { MediaBucket, type MediaBucketProps } from './media-bucket.ts';

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

  /** To put objects under the clock of the bucket, and to take them out of it. */
  grantTag(fn: ChatFunction): void {
    this.grant(fn, 'media/*', 's3:PutObjectTagging', 's3:DeleteObjectTagging');
  }
}
