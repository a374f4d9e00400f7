import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { EpochSeconds } from '../../time.ts';
import { type MediaVariantName, mediaVariantNames, objectKey } from '../media/media-objects.ts';
import type { MediaKey } from '../media/media-record.ts';

/** The copies of the media of reported messages. Deleting what is not there does no harm. */
export type ReportObjectStore = {
  /** By S3 itself, which takes up to 5 GB in one call. False where there is nothing to copy. */
  copy(from: MediaKey, copyId: string, variant: MediaVariantName): Promise<boolean>;
  /** All of a copy: three calls, whatever there is. */
  remove(copyId: string): Promise<void>;
  /** Takes it out of the bucket's own expiry, for a legal hold. */
  removeExpiryTag(copyId: string): Promise<void>;
  /** An address for whoever has it, from one second to another. */
  url(copyId: string, variant: MediaVariantName, from: EpochSeconds, until: EpochSeconds): Promise<string>;
};

/** The bucket deletes what carries this, when our own deletion has not come to it. */
const timed = 'lapse=timed';

export type ReportBuckets = { readonly media: string; readonly reports: string };

export function reportObjectStore(s3: S3Client, { media, reports }: ReportBuckets): ReportObjectStore {
  return {
    async copy(from, copyId, variant) {
      try {
        await s3.send(
          new CopyObjectCommand({
            Bucket: reports,
            Key: keyOf(copyId, variant),
            CopySource: `${media}/${objectKey(from, variant)}`,
            TaggingDirective: 'REPLACE',
            Tagging: timed,
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return false;
        throw error;
      }
    },

    async remove(copyId) {
      await Promise.all(
        mediaVariantNames.map(async (variant) =>
          s3.send(new DeleteObjectCommand({ Bucket: reports, Key: keyOf(copyId, variant) })),
        ),
      );
    },

    async removeExpiryTag(copyId) {
      const { Contents = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: reports, Prefix: `${copyId}/` }),
      );
      for (const { Key } of Contents) await s3.send(new DeleteObjectTaggingCommand({ Bucket: reports, Key }));
    },

    async url(copyId, variant, from, until) {
      const command = new GetObjectCommand({ Bucket: reports, Key: keyOf(copyId, variant) });
      const times = { signingDate: new Date(from * 1000), expiresIn: until - from };
      return getSignedUrl(s3, command, times);
    },
  };
}

const keyOf = (copyId: string, variant: MediaVariantName): string => `${copyId}/${variant}`;
