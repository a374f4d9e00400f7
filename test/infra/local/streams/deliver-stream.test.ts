import type { AwsCall } from '../../../../infra/local/aws/aws-json-client.ts';
import { createTables } from '../../../../infra/local/dynamodb/create-tables.ts';
import { type DynamoDb, startDynamoDb } from '../../../../infra/local/dynamodb/start-dynamodb.ts';
import type { Invoke } from '../../../../infra/local/model/model.ts';
import type { StreamSource } from '../../../../infra/local/model/system-model.ts';
import { deliverStream } from '../../../../infra/local/streams/deliver-stream.ts';
import type { StreamCalls } from '../../../../infra/local/streams/read-shard.ts';
import { type StreamPositions, streamPositions } from '../../../../infra/local/streams/stream-positions.ts';

const source: StreamSource = {
  sourceId: 'changes',
  tableName: 'things',
  functionName: 'worker',
  batchSize: 100,
  batchWindowSeconds: 0,
  startingPosition: 'TRIM_HORIZON',
  maximumRetryAttempts: 0,
  maximumRecordAgeSeconds: -1,
  bisectOnError: false,
  reportsItemFailures: false,
  onFailureQueueName: 'dead',
};

type Change = {
  readonly eventName: string;
  readonly awsRegion: string;
  readonly dynamodb: { readonly Keys: { readonly id: { readonly S: string } } };
};

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await startDynamoDb({ region: 'eu-west-1' });
  const keys = [{ name: 'id', keyType: 'HASH' as const }];
  await createTables(dynamodb.call, [
    {
      tableName: 'things',
      attributeTypes: { id: 'S' },
      keys,
      indexes: [],
      streamViewType: 'NEW_AND_OLD_IMAGES',
    },
  ]);
});
afterAll(() => dynamodb.close());

const put = (id: string) => dynamodb.call('PutItem', { TableName: 'things', Item: { id: { S: id } } });

/** Delivers until `count` changes have come or been given up. */
async function collect(
  count: number,
  positions: StreamPositions,
  ok: boolean,
  settings: Partial<StreamSource> = {},
  calls: StreamCalls = dynamodb,
) {
  const seen: Change[] = [];
  const batches: number[] = [];
  const notices: string[] = [];
  const enough = Promise.withResolvers<void>();
  const invoke: Invoke = async (_name, event) => {
    const { Records } = event as { Records: Change[] };
    seen.push(...Records);
    batches.push(Records.length);
    if (ok && seen.length >= count) enough.resolve();
    return ok ? { ok, payload: null } : { ok, errorType: 'Error', errorMessage: 'x', timedOut: false };
  };
  const sendToQueue = async (queueName: string, body: string) => {
    notices.push(`${queueName} ${body}`);
    enough.resolve();
  };
  const onError = (error: unknown) => enough.reject(error);
  const stream = deliverStream(
    { dynamodb: calls, region: 'eu-west-1', invoke, positions, sendToQueue, onError, pollEveryMs: 5 },
    { ...source, ...settings },
  );
  await enough.promise;
  await stream.stop();
  return {
    seen: seen.map((change) => `${change.eventName} ${change.dynamodb.Keys.id.S} ${change.awsRegion}`),
    notices,
    batches,
  };
}

test('delivers every change in order, goes on where it stopped, and reports what it gives up without its content', async () => {
  const positions = streamPositions(undefined);
  await put('a');
  await put('b');
  await dynamodb.call('DeleteItem', { TableName: 'things', Key: { id: { S: 'a' } } });
  expect((await collect(3, positions, true)).seen).toEqual([
    'INSERT a eu-west-1',
    'INSERT b eu-west-1',
    'REMOVE a eu-west-1',
  ]);

  await put('secret');
  const { seen, notices } = await collect(1, positions, false);
  expect(seen).toEqual(['INSERT secret eu-west-1']);
  expect(notices[0]).toContain(
    'dead {"requestContext":{"functionArn":"worker","condition":"RetryAttemptsExhausted"',
  );
  expect(notices[0]).not.toContain('secret');
});

test('gathers a batch within the window of the template', async () => {
  const positions = streamPositions(undefined);
  const all = await collect(4, positions, true);
  expect(all.seen).toHaveLength(4);
  await put('c');
  let reads = 0;
  const callStreams: AwsCall = async (operation, input) => {
    const answer = await dynamodb.callStreams(operation, input);
    if (operation === 'GetRecords') reads += 1;
    // Too late for the read that finds the first.
    if (operation === 'GetRecords' && reads === 1) await Promise.all([put('d'), put('e')]);
    return answer;
  };
  const window = { batchSize: 3, batchWindowSeconds: 600 };
  const gathered = await collect(3, positions, true, window, { call: dynamodb.call, callStreams });
  expect(gathered.batches).toEqual([3]);
});

test('reads a shard that has ended once', async () => {
  const reads: string[] = [];
  const again = Promise.withResolvers<void>();
  const record = { dynamodb: { SequenceNumber: '1' } };
  const call: AwsCall = async () => {
    // The round after the one in which the shard has ended.
    if (reads.length > 0) again.resolve();
    return { Table: { LatestStreamArn: 'arn' } };
  };
  const callStreams: AwsCall = async (operation) => {
    if (operation === 'DescribeStream') return { StreamDescription: { Shards: [{ ShardId: 'ended' }] } };
    if (operation === 'GetShardIterator') return { ShardIterator: 'first' };
    reads.push(operation);
    return { Records: [record], NextShardIterator: null };
  };
  const stream = deliverStream(
    {
      dynamodb: { call, callStreams },
      region: 'eu-west-1',
      invoke: async () => ({ ok: true, payload: null }),
      positions: streamPositions(undefined),
      sendToQueue: async () => undefined,
      onError: again.reject,
      pollEveryMs: 1,
    },
    source,
  );
  await again.promise;
  await stream.stop();
  expect(reads).toEqual(['GetRecords']);
});
