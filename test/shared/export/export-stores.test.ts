import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/dynamodb/start-dynamodb.ts';
import { uncheckedCredentials as localCredentials } from '../../../infra/local/model/local-identity.ts';
import { createBuckets } from '../../../infra/local/object-store/create-buckets.ts';
import {
  type SignatureProxy,
  startSignatureProxy,
} from '../../../infra/local/object-store/signature-proxy.ts';
import { type StorageServer, startStorageServer } from '../../../infra/local/object-store/storage-server.ts';
import { exportFileStore } from '../../../shared/stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../../../shared/stores/privacy/export-request.ts';
import { type ExportStore, exportStore } from '../../../shared/stores/privacy/export-store.ts';
import { epochMillis } from '../../../shared/time.ts';

const region = 'eu-west-1';
let storage: StorageServer;
let proxy: SignatureProxy;
let engine: DynamoDb;
let s3: S3Client;
let db: DynamoDBDocumentClient;
let exports: ExportStore;

beforeAll(async () => {
  [storage, engine] = await Promise.all([startStorageServer(undefined), startDynamoDb({ region })]);
  proxy = await startSignatureProxy(storage.address, localCredentials);
  await createBuckets(proxy.endpoint, { region, credentials: localCredentials }, [{ bucketName: 'exports' }]);
  s3 = new S3Client({ endpoint: proxy.endpoint, region, credentials: localCredentials });
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region, credentials: localCredentials });
  db = DynamoDBDocumentClient.from(client);
  await db.send(
    new CreateTableCommand({
      TableName: 'privacy',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'record', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'record', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
    }),
  );
  exports = exportStore(db, 'privacy');
});
afterAll(async () => {
  s3?.destroy();
  db?.destroy();
  await proxy?.close();
  await Promise.all([storage?.close(), engine?.close()]);
});

test('an upload is there when it is completed, as its parts, and can be aborted twice', async () => {
  const files = exportFileStore(s3, 'exports');
  const upload = await files.begin('r/1.zip');
  const bytes = [Buffer.alloc(5 * 1024 * 1024, 1), Buffer.from('the end')];
  const parts = await Promise.all(bytes.map(async (data, index) => files.addPart(upload, index + 1, data)));
  expect(await files.list('r/')).toEqual([]);
  await files.complete(upload, parts);
  expect(await files.list('r/')).toEqual(['r/1.zip']);
  const response = await fetch(await files.presign('r/1.zip', 60));
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.concat(bytes))).toBe(true);

  const other = await files.begin('r/2.zip');
  await files.addPart(other, 1, Buffer.from('half'));
  await files.abort(other);
  await files.abort(other);
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: 'exports' }));
  expect(Uploads).toEqual([]);
  await expect(files.addPart(other, 2, Buffer.from('late'))).rejects.toThrow();

  await files.remove('r/1.zip');
  await files.remove('r/1.zip');
  expect(await files.list('r/')).toEqual([]);
});

const request = (requestId: string): ExportRequest => ({
  userId: 'alice',
  requestId,
  requestedBy: new Set(['user']),
  requestedAt: epochMillis(1),
  updatedAt: epochMillis(1),
  state: 'accepted',
  parts: 0,
});

test('of two who take an export one writes it, and only for as long as nobody takes it from there', async () => {
  const first = request('one');
  expect([await exports.create(first), await exports.create(request('two'))]).toEqual([true, false]);
  expect(await exports.read('alice')).toEqual(first);
  expect(await exports.addRequester(first, 'operator')).toBe(true);
  expect([await exports.take(first, 'a'), await exports.take(first, 'b')]).toEqual([true, false]);
  const taken = (await exports.read('alice')) ?? first;
  expect(taken).toMatchObject({ requestedBy: new Set(['operator', 'user']), uploadId: 'a' });
  expect(await exports.take(taken, 'c')).toBe(true);
  const place = { store: 'messages', after: 'd-1 7' } as const;
  const progress = { parts: 1, updatedAt: epochMillis(2), place };
  expect(await exports.advance(taken, 'a', progress)).toBe(false);
  expect(await exports.advance(taken, 'c', progress)).toBe(true);
  const advanced = (await exports.read('alice')) ?? first;
  expect(advanced).toMatchObject({ state: 'accepted', parts: 1, place });
  expect(advanced).not.toHaveProperty('uploadId');
  // Read before the first zip was finished.
  expect(await exports.take(first, 'd')).toBe(false);
});

test('what is ready says until when, is touched by one of two, and is removed by its own id alone', async () => {
  const [open] = await exports.list();
  if (open === undefined) throw new Error('no export is open');
  expect([await exports.touch(open, epochMillis(3)), await exports.touch(open, epochMillis(4))]).toEqual([
    true,
    false,
  ]);
  expect(await exports.take(open, 'e')).toBe(true);
  const readableUntil = epochMillis(9);
  expect(await exports.advance(open, 'e', { parts: 2, updatedAt: epochMillis(5), readableUntil })).toBe(true);
  expect(await exports.read('alice')).toMatchObject({ state: 'ready', parts: 2, readableUntil });
  await exports.remove(request('another'));
  expect(await exports.list()).toHaveLength(1);
  await exports.remove(open);
  expect(await exports.list()).toEqual([]);
});
