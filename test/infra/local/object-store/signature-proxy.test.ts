import { createHash } from 'node:crypto';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
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
import { NodeSha256 } from '../../../../shared/runtime/node-sha256.ts';

const region = 'eu-west-1';
let storage: StorageServer;
let proxy: SignatureProxy;
let s3: S3Client;

beforeAll(async () => {
  storage = await startStorageServer(undefined);
  proxy = await startSignatureProxy(storage.address, uncheckedCredentials);
  s3 = new S3Client({ endpoint: proxy.endpoint, region, credentials: uncheckedCredentials });
  await createBuckets(proxy.endpoint, { region, credentials: uncheckedCredentials }, [
    { bucketName: 'media' },
  ]);
  await createBuckets(proxy.endpoint, { region, credentials: uncheckedCredentials }, [
    { bucketName: 'media' },
  ]);
});
afterAll(async () => {
  s3.destroy();
  await proxy.close();
  await storage.close();
});

type Presign = {
  readonly method: string;
  readonly key: string;
  readonly headers?: Record<string, string>;
  readonly at?: Date;
  readonly expiresIn?: number;
  readonly secret?: string;
};

async function presign({
  method,
  key,
  headers = {},
  at = new Date(),
  expiresIn = 60,
  secret = uncheckedCredentials.secretAccessKey,
}: Presign): Promise<string> {
  const { host, hostname } = new URL(proxy.endpoint);
  const signer = new SignatureV4({
    credentials: { ...uncheckedCredentials, secretAccessKey: secret },
    region,
    service: 's3',
    sha256: NodeSha256,
    uriEscapePath: false,
  });
  const request = {
    method,
    protocol: 'http:',
    hostname,
    path: `/media/${key}`,
    headers: { host, ...headers },
    body: {},
  };
  const names = new Set(Object.keys(request.headers));
  const { path, query } = await signer.presign(request, {
    signingDate: at,
    expiresIn,
    unhoistableHeaders: names,
    signableHeaders: names,
  });
  return `${proxy.endpoint}${path}?${new URLSearchParams(query as Record<string, string>)}`;
}

const refusalOf = async (response: Response): Promise<string> =>
  `${response.status} ${/<Code>(\w+)</.exec(await response.text())?.[1]}`;

describe('requests signed in their headers', () => {
  test('pass, whatever the key contains', async () => {
    const Key = 'a b/ü+%/c=1&d.txt';
    await s3.send(new PutObjectCommand({ Bucket: 'media', Key, Body: 'hello', ContentType: 'text/plain' }));
    const object = await s3.send(new GetObjectCommand({ Bucket: 'media', Key }));
    expect(await object.Body?.transformToString()).toBe('hello');
    const list = await s3.send(new ListObjectsV2Command({ Bucket: 'media', Prefix: 'a b/' }));
    expect(list.Contents?.map((entry) => entry.Key)).toEqual([Key]);
  });

  test('with another secret or key id are refused', async () => {
    const asked = async (credentials: { accessKeyId: string; secretAccessKey: string }) => {
      const stranger = new S3Client({ endpoint: proxy.endpoint, region, credentials });
      try {
        return await stranger.send(new GetObjectCommand({ Bucket: 'media', Key: 'k' }));
      } finally {
        stranger.destroy();
      }
    };
    await expect(asked({ ...uncheckedCredentials, secretAccessKey: 'guess' })).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
    await expect(asked({ ...uncheckedCredentials, accessKeyId: 'other' })).rejects.toMatchObject({
      name: 'InvalidAccessKeyId',
    });
  });
});

describe('presigned URLs', () => {
  const body = 'picture';
  const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
  const headers = {
    'content-type': 'image/png',
    'content-length': String(body.length),
    'x-amz-checksum-sha256': sha256(body),
  };
  const upload = (url: string, change: Record<string, string> = {}, content = body) =>
    fetch(url, {
      method: 'PUT',
      body: content,
      headers: {
        'content-type': headers['content-type'],
        'x-amz-checksum-sha256': headers['x-amz-checksum-sha256'],
        ...change,
      },
    });

  test('take exactly the upload that was signed, and give it back', async () => {
    expect((await upload(await presign({ method: 'PUT', key: 'p', headers }))).status).toBe(200);
    const got = await fetch(await presign({ method: 'GET', key: 'p' }));
    expect([got.status, await got.text()]).toEqual([200, body]);
  });

  test('refuse another type, length, checksum, payload, key or method', async () => {
    const url = await presign({ method: 'PUT', key: 'p', headers });
    expect(await refusalOf(await upload(url, { 'content-type': 'text/html' }))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await refusalOf(await upload(url, {}, `${body}!`))).toBe('403 SignatureDoesNotMatch');
    expect(await refusalOf(await upload(url, { 'x-amz-checksum-sha256': sha256('other') }))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await refusalOf(await upload(url, {}, 'forgery'))).toBe('400 BadDigest');
    expect(await refusalOf(await upload(url.replace('/media/p', '/media/q')))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await refusalOf(await upload(url, { 'x-amz-acl': 'public-read' }))).toBe('403 AccessDenied');
    expect(await refusalOf(await fetch(url, { method: 'DELETE' }))).toBe('403 SignatureDoesNotMatch');
  });

  test('end when they say, and cannot be prolonged or signed by somebody else', async () => {
    const old = await presign({ method: 'GET', key: 'p', at: new Date(Date.now() - 61_000), expiresIn: 60 });
    expect(await refusalOf(await fetch(old))).toBe('403 AccessDenied');
    expect(await refusalOf(await fetch(old.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await refusalOf(await fetch(await presign({ method: 'GET', key: 'p', secret: 'guess' })))).toBe(
      '403 SignatureDoesNotMatch',
    );
    expect(await refusalOf(await fetch(`${proxy.endpoint}/media/p?X-Amz-Algorithm=AWS4-HMAC-SHA256`))).toBe(
      '400 AuthorizationQueryParametersError',
    );
  });

  test('and every answer keeps the connection for longer than a client does', async () => {
    for (const url of [await presign({ method: 'GET', key: 'p' }), `${proxy.endpoint}/media/p`]) {
      const answer = await fetch(url);
      await answer.bytes();
      expect(answer.headers.get('keep-alive')).toBe('timeout=120');
    }
  });

  test('and nothing passes unsigned', async () => {
    expect(await refusalOf(await fetch(`${proxy.endpoint}/media/p`))).toBe('403 AccessDenied');
    expect(await refusalOf(await fetch(`${proxy.endpoint}/_fauxqs/queues`))).toBe('403 AccessDenied');
  });
});
