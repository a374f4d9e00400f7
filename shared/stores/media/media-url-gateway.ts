import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { PutRequest } from '../../protocol/media/table.ts';
import type { EpochSeconds } from '../../time.ts';

export type PutObject = {
  readonly key: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** Addresses that allow one thing each, to whoever has them, from one second to another. */
export type MediaUrls = {
  /** Takes exactly these bytes, and only while nothing is there. */
  put(object: PutObject, from: EpochSeconds, until: EpochSeconds): Promise<PutRequest>;
  get(key: string, from: EpochSeconds, until: EpochSeconds): Promise<string>;
};

export function mediaUrls(s3: S3Client, Bucket: string): MediaUrls {
  return {
    async put({ key, contentType, bytes, sha256 }, from, until) {
      const headers = {
        'content-type': contentType,
        'if-none-match': '*',
        'x-amz-checksum-sha256': sha256,
      };
      const names = new Set([...Object.keys(headers), 'content-length']);
      const command = new PutObjectCommand({
        Bucket,
        Key: key,
        ContentType: contentType,
        ContentLength: bytes,
        ChecksumSHA256: sha256,
        IfNoneMatch: '*',
      });
      const url = await getSignedUrl(s3, command, {
        ...times(from, until),
        signableHeaders: names,
        // What is moved into the query is signed too, but need not come as a header.
        unhoistableHeaders: names,
      });
      return { method: 'PUT', url, headers };
    },

    get: async (key, from, until) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: key }), times(from, until)),
  };
}

function times(from: EpochSeconds, until: EpochSeconds) {
  return { signingDate: new Date(from * 1000), expiresIn: until - from };
}
