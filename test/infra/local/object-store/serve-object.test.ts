import { randomBytes } from 'node:crypto';
import {
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
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

const Bucket = 'media';
let storage: StorageServer;
let proxy: SignatureProxy;
let s3: S3Client;

beforeAll(async () => {
  storage = await startStorageServer(undefined);
  proxy = await startSignatureProxy(storage.address, uncheckedCredentials);
  s3 = new S3Client({ endpoint: proxy.endpoint, region: 'eu-west-1', credentials: uncheckedCredentials });
  await createBuckets(proxy.endpoint, { region: 'eu-west-1', credentials: uncheckedCredentials }, [
    { bucketName: Bucket },
  ]);
});
afterAll(async () => {
  s3.destroy();
  await proxy.close();
  await storage.close();
});

const put = async (Key: string, Body: string | Uint8Array, more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const tagsOf = async (Key: string) =>
  (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet?.map(
    ({ Key: name, Value }) => `${name}=${Value}`,
  );

test('what is written only if it is not there is written once', async () => {
  await put('once', 'first', { IfNoneMatch: '*' });
  await expect(put('once', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'once' }));
  expect(await Body?.transformToString()).toBe('first');
});

test('of many who write at once one succeeds', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, async (_, index) => put('race', String(index), { IfNoneMatch: '*' })),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a hundred megabytes come back as they went, and keep what was said of them', async () => {
  const Body = randomBytes(100_000_000);
  await put('large', Body, { ContentType: 'video/mp4', ContentDisposition: 'attachment', IfNoneMatch: '*' });
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'large' }));
  expect(Body.equals((await object.Body?.transformToByteArray()) ?? new Uint8Array())).toBe(true);
  expect(object).toMatchObject({ ContentType: 'video/mp4', ContentDisposition: 'attachment' });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'large' }))).toMatchObject({
    ContentLength: 100_000_000,
  });
});

test('a range is a part of the object', async () => {
  await put('range', '0123456789');
  const { Body, ContentRange } = await s3.send(
    new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=2-4' }),
  );
  expect([await Body?.transformToString(), ContentRange]).toEqual(['234', 'bytes 2-4/10']);
});

test('tags come with the object, change without it, and go with it', async () => {
  await put('tagged', 'body', { Tagging: 'clock=message&a=b%20c' });
  expect(await tagsOf('tagged')).toEqual(['clock=message', 'a=b c']);
  await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'tagged' }));
  expect(await tagsOf('tagged')).toEqual([]);
  const Tagging = { TagSet: [{ Key: 'clock', Value: 'message' }] };
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'tagged', Tagging }));
  expect(await tagsOf('tagged')).toEqual(['clock=message']);
  await put('tagged', 'other');
  expect(await tagsOf('tagged')).toEqual([]);
  await expect(tagsOf('nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

describe('browsers', () => {
  const preflight = async (headers: Record<string, string>) =>
    fetch(`${proxy.endpoint}/${Bucket}/key?X-Amz-Signature=x`, { method: 'OPTIONS', headers });
  const asked = {
    origin: 'https://chat.example',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type, if-none-match',
  };

  test('are refused while the bucket has no rule', async () => {
    expect((await preflight(asked)).status).toBe(403);
  });

  test('may do what its rule says, and nothing else', async () => {
    proxy.allowOrigins({
      bucketName: Bucket,
      corsRules: [
        {
          allowedOrigins: ['*'],
          allowedMethods: ['PUT'],
          allowedHeaders: ['content-type', 'if-none-match'],
          exposedHeaders: [],
          maxAgeSeconds: 60,
        },
      ],
    });
    const allowed = await preflight(asked);
    expect(allowed.status).toBe(200);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type, if-none-match',
      'access-control-max-age': '60',
    });
    expect((await preflight({ ...asked, 'access-control-request-method': 'DELETE' })).status).toBe(403);
    expect((await preflight({ ...asked, 'access-control-request-headers': 'x-other' })).status).toBe(403);
    const refused = await fetch(`${proxy.endpoint}/${Bucket}/key`, {
      method: 'PUT',
      headers: { origin: asked.origin },
    });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, '*']);
  });
});
