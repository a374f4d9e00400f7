import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { awsJsonClient } from '../../../../infra/local/aws/aws-json-client.ts';
import { signedHeaders } from '../../../../infra/local/aws/sign-request.ts';
import { queueUrl } from '../../../../infra/local/queues/create-queues.ts';
import type { LocalSystem } from '../../../../infra/local/system/local-system.ts';
import { startTestSystem } from '../../../support/local-system.ts';

const dynamodbOf = ({ dynamodbEndpoint, region, credentials }: LocalSystem) =>
  awsJsonClient({
    endpoint: dynamodbEndpoint,
    region,
    service: 'dynamodb',
    targetPrefix: 'DynamoDB_20120810',
    credentials,
  });

const sqsOf = ({ queueEndpoint, region, credentials }: LocalSystem) =>
  awsJsonClient({ endpoint: queueEndpoint, region, credentials, service: 'sqs', targetPrefix: 'AmazonSQS' });

const s3Of = ({ objectStoreEndpoint, region, credentials }: LocalSystem) =>
  new S3Client({ endpoint: objectStoreEndpoint, region, credentials });

const deadLettersOf = (system: LocalSystem): string =>
  queueUrl(system.queueEndpoint, system.queueNames.find((name) => /dead/i.test(name)) ?? '');

const connect = (system: LocalSystem, token: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = new WebSocket(system.url, ['lapse.v1', token]);
    socket.onopen = () => {
      resolve(`open ${socket.protocol}`);
      socket.close();
    };
    socket.onerror = () => resolve('refused');
  });

/** What a page of another site gets that points its own name at this machine. */
const statusFor = async (url: string, host: string): Promise<number | undefined> => {
  const [response] = await once(get(url, { headers: { host } }), 'response');
  response.resume();
  return response.statusCode;
};

describe('the synthesized system on this machine', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startTestSystem();
  });
  afterAll(() => system.close());

  test('lets in a user with a token of its own issuer and nobody else', async () => {
    expect(await connect(system, await system.token('alice'))).toBe('open lapse.v1');
    expect(await connect(system, await system.token('alice', -60))).toBe('refused');
    expect(await connect(system, 'no.token.atall')).toBe('refused');
  });

  test('has the tables under the names that the functions know', async () => {
    const { TableNames } = (await dynamodbOf(system)('ListTables', {})) as { TableNames: string[] };
    expect(TableNames).toEqual(expect.arrayContaining(Object.values(system.tableNames)));
    expect(Object.keys(system.tableNames)).toContain('CONSENT_TABLE');
  });

  test('serves tokens to this machine only under names of this machine', async () => {
    const own = await fetch(`${system.origin}/local/token?sub=alice`);
    expect([own.status, (await own.text()).split('.').length]).toEqual([200, 3]);
    expect(Object.fromEntries(own.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(await statusFor(`${system.origin}/local/token?sub=alice`, 'evil.example')).toBe(403);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const foreign = await fetch(`${system.origin}/local/token?sub=alice`, { headers });
      expect(foreign.status).toBe(403);
    }
    expect((await fetch(`${system.origin}/local/token`)).status).toBe(400);
    expect((await fetch(`${system.origin}/local/token?sub=a&minutes=x`)).status).toBe(400);
    expect((await fetch(`${system.origin}/local/token?sub=a&minutes=`)).status).toBe(400);
  });

  test.each(['a b', 'a#b', '\u00e4', 'a'.repeat(129)])(
    'gives no token to %j, whom it would not let in',
    async (sub) => {
      const refused = await fetch(`${system.origin}/local/token?${new URLSearchParams({ sub })}`);
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('user id')]);
    },
  );

  test('a request line that is no address is refused like any unknown path', async () => {
    expect((await fetch(`${system.origin}//`)).status).toBe(403);
    expect((await fetch(`${system.origin}/`)).status).toBe(200);
  });

  test('runs functions through the Invoke API and fires schedules on request', async () => {
    const url = `${system.invokeUrl}/2015-03-31/functions/nothing/invocations`;
    const scope = { credentials: system.credentials, region: system.region, service: 'lambda' };
    const headers = await signedHeaders(scope, { method: 'POST', url });
    const missing = await fetch(url, { method: 'POST', headers });
    expect(missing.status).toBe(404);
    expect(await system.schedules.fire('expire-connections')).toMatchObject({ ok: true });
    await expect(system.schedules.fire('nothing')).rejects.toThrow(/choose one of .*expire-connections/);
  });
});

test('a data folder keeps tables, queues, objects and the signing key across a restart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'lapse-test-data-'));
  try {
    const first = await startTestSystem({ dataDir });
    const token = await first.token('alice');
    const TableName = first.tableNames['CONSENT_TABLE'];
    const Bucket = first.bucketNames[0];
    await dynamodbOf(first)('PutItem', { TableName, Item: { userId: { S: 'u' }, entry: { N: '1' } } });
    await sqsOf(first)('SendMessage', { QueueUrl: deadLettersOf(first), MessageBody: 'kept' });
    await s3Of(first).send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept too' }));
    await first.close();

    const second = await startTestSystem({ dataDir, port: Number(new URL(first.origin).port) });
    try {
      const item = await dynamodbOf(second)('GetItem', {
        TableName,
        Key: { userId: { S: 'u' }, entry: { N: '1' } },
      });
      expect(item).toMatchObject({ Item: { userId: { S: 'u' } } });
      const received = await sqsOf(second)('ReceiveMessage', { QueueUrl: deadLettersOf(second) });
      expect(received).toMatchObject({ Messages: [{ Body: 'kept' }] });
      const object = await s3Of(second).send(new GetObjectCommand({ Bucket, Key: 'k' }));
      expect(await object.Body?.transformToString()).toBe('kept too');
      expect(await connect(second, token)).toBe('open lapse.v1');
    } finally {
      await second.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
