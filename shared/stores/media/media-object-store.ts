import {
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  incomingKeys,
  type MediaObject,
  objectKey,
  objectKeys,
  objectPrefix,
  servedAs,
} from './media-objects.ts';
import type { MediaKey, MediaRecord } from './media-record.ts';

type Incoming = Pick<MediaRecord, 'mediaId' | 'parts'>;

/** Deleting what is not there does no harm. */
export type MediaObjectStore = {
  /** The bytes as they were uploaded, put together; undefined while a part is missing. */
  readUpload(upload: Incoming): Promise<Uint8Array | undefined>;
  /** The bytes are gone, and yet their address stays used: it takes nothing that is there already. */
  truncateUpload(upload: Incoming): Promise<void>;
  deleteUpload(upload: Incoming): Promise<void>;
  put(key: MediaKey, object: MediaObject): Promise<void>;
  /** The media with everything that was made from it. */
  remove(key: MediaKey): Promise<void>;
  /** How many objects there still are: none, after `remove`. */
  count(key: MediaKey): Promise<number>;
  /** For the export. */
  get(key: MediaKey): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Puts the media under the bucket's own expiry, the backstop; a legal hold takes it out again. */
  addExpiryTag(key: MediaKey): Promise<void>;
  removeExpiryTag(key: MediaKey): Promise<void>;
};

/** The bucket deletes what carries this, when our own deletion has not come to it. */
const timed = { Key: 'lapse', Value: 'timed' };

export function mediaObjectStore(s3: S3Client, Bucket: string): MediaObjectStore {
  return {
    async readUpload(upload) {
      const parts = await Promise.all(
        incomingKeys(upload).map(async (Key) => (await read(Key))?.transformToByteArray()),
      );
      const found = parts.filter((part) => part !== undefined);
      if (found.length < parts.length) return undefined;
      return found.length === 1 ? found[0] : Buffer.concat(found);
    },

    async truncateUpload(upload) {
      const spent = incomingKeys(upload).map(async (Key) =>
        s3.send(new PutObjectCommand({ Bucket, Key, Body: new Uint8Array() })),
      );
      await Promise.all(spent);
    },

    deleteUpload: async (upload) => remove(incomingKeys(upload)),

    async put(key, { variant, contentType, bytes }) {
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key: objectKey(key, variant),
          Body: bytes,
          ContentType: servedAs(contentType),
          ContentDisposition: 'attachment',
          CacheControl: 'no-store',
        }),
      );
    },

    remove: async (key) => remove(objectKeys(key)),

    async count(key) {
      return (await existing(key)).length;
    },

    async get(key) {
      return (await read(objectKey(key, 'original')))?.transformToWebStream();
    },

    async removeExpiryTag(key) {
      for (const Key of await existing(key)) await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key }));
    },

    async addExpiryTag(key) {
      for (const Key of await existing(key))
        await s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [timed] } }));
    },
  };

  async function read(Key: string) {
    try {
      return (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async function remove(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map(async (Key) => s3.send(new DeleteObjectCommand({ Bucket, Key }))));
  }

  async function existing(key: MediaKey): Promise<readonly string[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: objectPrefix(key) }));
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  }
}
