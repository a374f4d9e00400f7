import { awsJsonClient } from '../../../../infra/local/aws/aws-json-client.ts';
import { createTables } from '../../../../infra/local/dynamodb/create-tables.ts';
import { chooseEngine } from '../../../../infra/local/dynamodb/engine.ts';
import { type DynamoDb, startDynamoDb } from '../../../../infra/local/dynamodb/start-dynamodb.ts';
import { sweepExpired } from '../../../../infra/local/dynamodb/sweep-expired.ts';
import type { LocalTable } from '../../../../infra/local/model/system-model.ts';

const table: LocalTable = {
  tableName: 'things',
  attributeTypes: { id: 'S', owner: 'S' },
  keys: [{ name: 'id', keyType: 'HASH' }],
  indexes: [
    {
      indexName: 'byOwner',
      keys: [{ name: 'owner', keyType: 'HASH' }],
      projectionType: 'KEYS_ONLY',
      nonKeyAttributes: [],
    },
  ],
  ttlAttribute: 'expiresAt',
};

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await startDynamoDb({ region: 'us-east-1' });
  await createTables(dynamodb.call, [table]);
});
afterAll(() => dynamodb.close());

const put = (id: string, rest: object = {}) =>
  dynamodb.call('PutItem', { TableName: 'things', Item: { id: { S: id }, ...rest } });

test('makes the table with its index and time to live', async () => {
  expect(await dynamodb.call('DescribeTable', { TableName: 'things' })).toMatchObject({
    Table: {
      GlobalSecondaryIndexes: [{ IndexName: 'byOwner' }],
    },
  });
  expect(await dynamodb.call('DescribeTimeToLive', { TableName: 'things' })).toMatchObject({
    TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
  });
});

test('takes a kept table over when it is the same, and refuses another', async () => {
  await createTables(dynamodb.call, [table]);
  await expect(
    createTables(dynamodb.call, [{ ...table, indexes: [], attributeTypes: { id: 'S' } }]),
  ).rejects.toThrow('another --data folder');
});

test('the sweep deletes what has expired and nothing else', async () => {
  await put('past', { expiresAt: { N: '99' } });
  await put('now', { expiresAt: { N: '100' } });
  await put('future', { expiresAt: { N: '101' } });
  await put('forever');
  await put('no-number', { expiresAt: { S: '1' } });
  expect(await sweepExpired(dynamodb.call, [table], 100)).toBe(2);
  const { Items } = (await dynamodb.call('Scan', { TableName: 'things' })) as {
    Items: { id: { S: string } }[];
  };
  expect(Items.map((item) => item.id.S).sort()).toEqual(['forever', 'future', 'no-number']);
});

test('never deletes what ended more than five years ago, as DynamoDB', async () => {
  const [now, year] = [2_000_000_000, 365 * 86_400];
  await put('recent', { expiresAt: { N: String(now - 4 * year) } });
  await put('long-ago', { expiresAt: { N: String(now - 6 * year) } });
  await sweepExpired(dynamodb.call, [table], now);
  const left = async (id: string) =>
    ((await dynamodb.call('GetItem', { TableName: 'things', Key: { id: { S: id } } })) as { Item?: unknown })
      .Item;
  expect([await left('recent'), await left('long-ago')]).toEqual([undefined, expect.anything()]);
});

test('uses an engine that somebody else runs and leaves it running', async () => {
  const borrowed = await startDynamoDb({ region: 'us-east-1', endpoint: `${dynamodb.endpoint}/` });
  await borrowed.close();
  expect(await dynamodb.call('ListTables', {})).toMatchObject({ TableNames: ['things'] });
  await expect(startDynamoDb({ region: 'us-east-1', endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
    'no DynamoDB answers at http://127.0.0.1:1',
  );
});

test('stops answering when it is closed', async () => {
  const short = await startDynamoDb({ region: 'us-east-1' });
  await short.close();
  const call = awsJsonClient({
    endpoint: short.endpoint,
    region: 'us-east-1',
    service: 'dynamodb',
    targetPrefix: 'DynamoDB_20120810',
  });
  await expect(call('ListTables', {})).rejects.toThrow();
});

test('falls back on DynamoDB Local where there is Java, and else says what to do', () => {
  const place = { host: '127.0.0.1', port: 1, dataDir: undefined };
  const onlyJar = (name: string) => (name === 'amplify-dynamodb-simulator' ? '/jar' : undefined);
  expect(chooseEngine(place, onlyJar, () => true)).toMatchObject({ name: 'DynamoDB Local', command: 'java' });
  expect(() => chooseEngine(place, onlyJar, () => false)).toThrow('--dynamodb-endpoint URL');
});
