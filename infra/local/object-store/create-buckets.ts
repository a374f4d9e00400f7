import { signedHeaders } from '../aws/sign-request.ts';
import type { LocalCredentials } from '../model/local-identity.ts';
import type { LocalBucket } from '../model/system-model.ts';
import { StartupError } from '../process/startup-error.ts';

/** Makes the buckets that are not there yet. */
export async function createBuckets(
  endpoint: string,
  { region, credentials }: { readonly region: string; readonly credentials: LocalCredentials },
  buckets: readonly Pick<LocalBucket, 'bucketName'>[],
): Promise<void> {
  for (const { bucketName } of buckets) {
    const url = `${endpoint}/${bucketName}`;
    const headers = await signedHeaders({ credentials, region, service: 's3' }, { method: 'PUT', url });
    const response = await fetch(url, { method: 'PUT', headers });
    const text = await response.text();
    if (!response.ok && !text.includes('BucketAlreadyOwnedByYou')) {
      throw new StartupError(`bucket ${bucketName} could not be made: HTTP ${response.status} ${text}`);
    }
  }
}
