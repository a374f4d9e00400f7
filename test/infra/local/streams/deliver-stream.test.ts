import { createTables } from '../../../../infra/local/dynamodb/create-tables.ts';
import { type DynamoDb, startDynamoDb } from '../../../../infra/local/dynamodb/start-dynamodb.ts';
import type { Invoke } from '../../../../infra/local/model.ts';
import { deliverStream } from '../../../../infra/local/streams/deliver-stream.ts';
import { type StreamPositions, streamPositions } from '../../../../infra/local/streams/stream-positions.ts';
import type { StreamSource } from '../../../../infra/local/template/system-model.ts';

const source: StreamSource = {
  sourceId: 'changes',
  tableName: 'things',
  functionName: 'worker',
  batchSize: 100,
  startingPosition: 'TRIM_HORIZON',
  maximumRetryAttempts: 0,
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
async function collect(count: number, positions: StreamPositions, ok: boolean) {
  const seen: Change[] = [];
  const notices: string[] = [];
  const enough = Promise.withResolvers<void>();
  const invoke: Invoke = async (_name, event) => {
    seen.push(...(event as { Records: Change[] }).Records);
    if (ok && seen.length >= count) enough.resolve();
    return ok ? { ok, payload: null } : { ok, errorType: 'Error', errorMessage: 'x', timedOut: false };
  };
  const sendToQueue = async (queueName: string, body: string) => {
    notices.push(`${queueName} ${body}`);
    enough.resolve();
  };
  const onError = (error: unknown) => enough.reject(error);
  const stream = deliverStream(
    { dynamodb, region: 'eu-west-1', invoke, positions, sendToQueue, onError, pollEveryMs: 5 },
    source,
  );
  await enough.promise;
  await stream.stop();
  return {
    seen: seen.map((change) => `${change.eventName} ${change.dynamodb.Keys.id.S} ${change.awsRegion}`),
    notices,
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
