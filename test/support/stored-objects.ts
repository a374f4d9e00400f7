import { GetObjectTaggingCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';

/** The buckets of a running system, asked directly. Whoever asks for it closes it. */
export function storedObjects({
  objectStoreEndpoint: endpoint,
  region,
  credentials,
  bucketNames,
}: LocalSystem) {
  const s3 = new S3Client({ endpoint, region, credentials });

  /** Where something lies that has this in its key. */
  async function find(part: string) {
    const lists = await Promise.all(
      bucketNames.map(async (Bucket) => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
        return Contents.map(({ Key = '', Size = 0 }) => ({ Bucket, Key, Size }));
      }),
    );
    return lists.flat().filter(({ Key }) => Key.includes(part));
  }

  return {
    keys: async (part: string): Promise<string[]> => (await find(part)).map(({ Key }) => Key).toSorted(),

    sizes: async (part: string): Promise<number[]> => (await find(part)).map(({ Size }) => Size),

    /** By key: what the lifecycle of the bucket goes by. */
    async tags(part: string): Promise<Readonly<Record<string, readonly string[]>>> {
      const found = (await find(part)).map(async ({ Bucket, Key }) => {
        const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
        return [Key, TagSet.map((tag) => `${tag.Key}=${tag.Value}`)] as const;
      });
      return Object.fromEntries(await Promise.all(found));
    },

    close: () => s3.destroy(),
  };
}
