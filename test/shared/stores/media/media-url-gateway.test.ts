import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { uncheckedCredentials } from '../../../../infra/local/model/local-identity.ts';
import { createBuckets } from '../../../../infra/local/object-store/create-buckets.ts';
import {
  type SignatureProxy,
  startSignatureProxy,
} from '../../../../infra/local/object-store/signature-proxy.ts';
import {
  type StorageServer,
  startStorageServer,
} from '../../../../infra/local/object-store/storage-server.ts';
import { type MediaUrls, mediaUrls } from '../../../../shared/stores/media/media-url-gateway.ts';
import type { EpochSeconds } from '../../../../shared/time.ts';
import { refusalOf } from '../../../support/media-exchange.ts';

const region = 'eu-west-1';
const bytes = Buffer.from('picture');
const sha256 = createHash('sha256').update(bytes).digest('base64');
let storage: StorageServer;
let proxy: SignatureProxy;
let s3: S3Client;
let urls: MediaUrls;

beforeAll(async () => {
  storage = await startStorageServer(undefined);
  proxy = await startSignatureProxy(storage.address, uncheckedCredentials);
  await createBuckets(proxy.endpoint, { region, credentials: uncheckedCredentials }, [
    { bucketName: 'media' },
  ]);
  s3 = new S3Client({ endpoint: proxy.endpoint, region, credentials: uncheckedCredentials });
  urls = mediaUrls(s3, 'media');
});
afterAll(async () => {
  s3?.destroy();
  await proxy?.close();
  await storage?.close();
});

const now = (difference: number) => (Math.floor(Date.now() / 1000) + difference) as EpochSeconds;

async function put(key: string, from: EpochSeconds, until: EpochSeconds): Promise<Response> {
  const described = { key, contentType: 'image/png', bytes: bytes.length, sha256 };
  const { method, url, headers } = await urls.put(described, from, until);
  return fetch(url, { method, headers, body: bytes });
}

const get = async (from: EpochSeconds, until: EpochSeconds) => fetch(await urls.get('there', from, until));

test('an address takes an upload until it ends, and from then on none', async () => {
  expect((await put('there', now(-900), now(60))).status).toBe(200);
  expect(await refusalOf(await put('late', now(-900), now(-1)))).toBe('403 AccessDenied');
  expect(await refusalOf(await fetch(await urls.get('late', now(0), now(60))))).toBe('404 NoSuchKey');
});

test('an address gives a download as often as it is asked until it ends, and from then on none', async () => {
  for (const _ of ['first', 'again']) {
    const response = await get(now(-60), now(60));
    expect([response.status, await response.text()]).toEqual([200, 'picture']);
  }
  expect(await refusalOf(await get(now(-120), now(-1)))).toBe('403 AccessDenied');
});
