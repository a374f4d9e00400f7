import { SignatureV4 } from '@smithy/signature-v4';
import { NodeSha256 } from '../aws/node-sha256.ts';
import { localCredentials } from '../model/local-identity.ts';
import type { LocalBucket } from '../model/system-model.ts';
import { StartupError } from '../process/startup-error.ts';

/** Makes the buckets that are not there yet. */
export async function createBuckets(
  endpoint: string,
  region: string,
  buckets: readonly Pick<LocalBucket, 'bucketName'>[],
): Promise<void> {
  const { host, hostname } = new URL(endpoint);
  const signer = new SignatureV4({
    credentials: localCredentials,
    region,
    service: 's3',
    sha256: NodeSha256,
    uriEscapePath: false,
  });
  for (const { bucketName } of buckets) {
    const path = `/${bucketName}`;
    const signed = await signer.sign({ method: 'PUT', protocol: 'http:', hostname, path, headers: { host } });
    const response = await fetch(`${endpoint}${path}`, { method: 'PUT', headers: signed.headers });
    const text = await response.text();
    if (!response.ok && !text.includes('BucketAlreadyOwnedByYou')) {
      throw new StartupError(`bucket ${bucketName} could not be made: HTTP ${response.status} ${text}`);
    }
  }
}
