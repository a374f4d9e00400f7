import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchUpload,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { EpochSeconds } from '../../time.ts';

export type Upload = { readonly key: string; readonly uploadId: string };
export type UploadedPart = {
  readonly PartNumber: number;
  readonly ETag?: string;
  readonly ChecksumCRC32?: string;
};

/** The bucket of finished exports. A file is not there before its upload is completed. */
export type ExportFileStore = {
  begin(key: string): Promise<Upload>;
  /** At least 5 MiB, but for the last one. */
  addPart(upload: Upload, number: number, data: Uint8Array): Promise<UploadedPart>;
  complete(upload: Upload, parts: readonly UploadedPart[]): Promise<void>;
  /** May be repeated. */
  abort(upload: Upload): Promise<void>;
  /** The keys that begin so. */
  list(prefix: string): Promise<readonly string[]>;
  remove(key: string): Promise<void>;
  /** An address to fetch it from, for whoever has it, from one second to another. */
  presign(key: string, from: EpochSeconds, until: EpochSeconds): Promise<string>;
};

export function exportFileStore(client: S3Client, bucket: string): ExportFileStore {
  const named = ({ key, uploadId }: Upload) => ({ Bucket: bucket, Key: key, UploadId: uploadId });

  return {
    async begin(key) {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({
          Bucket: bucket,
          Key: key,
          ContentType: 'application/zip',
          ContentDisposition: 'attachment',
          // Whoever sits at the same browser next would find it there, after it is gone here.
          CacheControl: 'no-store',
        }),
      );
      if (UploadId === undefined) throw new Error('S3 gave an upload no id');
      return { key, uploadId: UploadId };
    },

    async addPart(upload, number, data) {
      const { ETag, ChecksumCRC32 } = await client.send(
        new UploadPartCommand({ ...named(upload), PartNumber: number, Body: data }),
      );
      return {
        PartNumber: number,
        ...(ETag !== undefined && { ETag }),
        ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }),
      };
    },

    async complete(upload, parts) {
      await client.send(
        new CompleteMultipartUploadCommand({ ...named(upload), MultipartUpload: { Parts: [...parts] } }),
      );
    },

    async abort(upload) {
      try {
        await client.send(new AbortMultipartUploadCommand(named(upload)));
      } catch (error) {
        if (!(error instanceof NoSuchUpload)) throw error;
      }
    },

    async list(prefix) {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      );
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    },

    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },

    presign: async (key, from, until) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), {
        signingDate: new Date(from * 1000),
        expiresIn: until - from,
      }),
  };
}
