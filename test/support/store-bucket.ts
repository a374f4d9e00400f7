import { S3Client } from '@aws-sdk/client-s3';
import { uncheckedCredentials } from '../../infra/local/model/local-identity.ts';
import { createBuckets } from '../../infra/local/object-store/create-buckets.ts';
import { startSignatureProxy } from '../../infra/local/object-store/signature-proxy.ts';
import { startStorageServer } from '../../infra/local/object-store/storage-server.ts';

/** An object store of its own with one empty bucket. */
export async function storeBucket(bucketName: string) {
  const region = 'eu-west-1';
  const storage = await startStorageServer(undefined);
  const proxy = await startSignatureProxy(storage.address, uncheckedCredentials);
  await createBuckets(proxy.endpoint, { region, credentials: uncheckedCredentials }, [{ bucketName }]);
  const s3 = new S3Client({ endpoint: proxy.endpoint, region, credentials: uncheckedCredentials });
  return {
    s3,
    async close(): Promise<void> {
      s3.destroy();
      await proxy.close();
      await storage.close();
    },
  };
}

export type StoreBucket = Awaited<ReturnType<typeof storeBucket>>;
