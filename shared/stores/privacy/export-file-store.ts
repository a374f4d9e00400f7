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
  presign(key: string, seconds: number): Promise<string>;
};

export function exportFileStore(client: S3Client, bucket: string): ExportFileStore {
  const named = ({ key, uploadId }: Upload) => ({ Bucket: bucket, Key: key, UploadId: uploadId });

  return {
    async begin(key) {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ContentType: 'application/zip' }),
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

    presign: async (key, seconds) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds }),
  };
}
