import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as lib from '@aws-sdk/lib-dynamodb';
import type { CallOptions } from '../../../../shared/runtime/aws/aws-client.ts';
import { ServiceError } from '../../../../shared/runtime/aws/service-error.ts';
import * as own from '../../../../shared/stores/dynamodb/database.ts';
import { dynamodbClient } from '../../../../shared/stores/dynamodb/dynamodb-client.ts';
import { type Answer, type AnsweringServer, answeringServer } from '../../../support/answering-server.ts';

// Every case goes through the SDK's document client too: ours is to answer alike, and to ask alike and as often.

let server: AnsweringServer;
const opened: DynamoDBClient[] = [];
const { random } = Math;

beforeAll(async () => {
  // No pause before a repeat, in either.
  Math.random = () => 0;
  server = await answeringServer();
});
afterAll(async () => {
  Math.random = random;
  for (const client of opened) client.destroy();
  await server.close();
});

const variables = () => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
  AWS_ENDPOINT_URL_DYNAMODB: server.url,
});
const thin = (options: CallOptions = {}) => dynamodbClient({ requestTimeout: 150, ...options }, variables());

function stock(): lib.DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' },
    requestHandler: { requestTimeout: 150, throwOnRequestTimeout: true },
  });
  opened.push(client);
  return lib.DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

const commands = {
  Get: [own.GetCommand, lib.GetCommand],
  Put: [own.PutCommand, lib.PutCommand],
  Update: [own.UpdateCommand, lib.UpdateCommand],
  Delete: [own.DeleteCommand, lib.DeleteCommand],
  Query: [own.QueryCommand, lib.QueryCommand],
  BatchGet: [own.BatchGetCommand, lib.BatchGetCommand],
  BatchWrite: [own.BatchWriteCommand, lib.BatchWriteCommand],
  TransactWrite: [own.TransactWriteCommand, lib.TransactWriteCommand],
} as const;
type Case = {
  readonly command?: readonly [keyof typeof commands, object];
  readonly answers: readonly Answer[];
};

const fault = (
  status: number,
  type: string,
  rest: object = {},
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no', ...rest }),
});
const ok = (body: object, headers = {}): Answer => ({ status: 200, body: JSON.stringify(body), headers });
const Key = { userId: 'alice', limit: 'messages' };
const item = {
  userId: 'alice',
  empty: '',
  nothing: null,
  left: undefined,
  yes: true,
  half: 1_900_000_000_100.5,
  huge: 12_345_678_901_234_567_890n,
  small: 1e-20,
  bytes: Uint8Array.from([0, 1, 255]),
  words: new Set(['a', 'b']),
  numbers: new Set([1, 2]),
  blobs: new Set([Uint8Array.from([1]), Uint8Array.from([2, 3])]),
  list: [1, 'two', { three: [Uint8Array.from([3])], gone: undefined }],
};
const wire = {
  userId: { S: 'alice' },
  empty: { S: '' },
  nothing: { NULL: true },
  huge: { N: '12345678901234567890' },
  half: { N: '1.5' },
  bytes: { B: 'AAH/' },
  blobs: { BS: ['AQ==', 'AgM='] },
  words: { SS: ['a'] },
  numbers: { NS: ['1', '2.5'] },
  map: { M: { list: { L: [{ B: 'Aw==' }, { BOOL: false }] } } },
};
const twice = [0, 1];
const four = (answer: Answer): Answer[] => [answer, answer, answer, answer, answer];
const busy: Answer = { status: 503, body: '<html>busy</html>' };
const later = { date: new Date(Date.now() + 600_000).toUTCString() };
const putRequest = { PutRequest: { Item: item } };
const deleteRequest = { DeleteRequest: { Key } };

const cases: Readonly<Record<string, Case>> = {
  'an item of every kind of value': { command: ['Put', { TableName: 't', Item: item }], answers: [] },
  'an item that is there': {
    command: ['Get', { TableName: 't', Key, ConsistentRead: true }],
    answers: [ok({ Item: wire })],
  },
  'an item that is not there': { command: ['Get', { TableName: 't', Key }], answers: [] },
  'the number that is too large to be a number': {
    command: ['Get', { TableName: 't', Key }],
    answers: [ok({ Item: { n: { N: '1e300' } } })],
  },
  'an update with what it changed': {
    command: [
      'Update',
      {
        TableName: 't',
        Key,
        UpdateExpression: 'SET #a = :a',
        ExpressionAttributeNames: { '#a': 'a' },
        ExpressionAttributeValues: {
          ':a': new Set(['x']),
          ':b': Uint8Array.from([9]),
          ':c': { d: undefined },
        },
        ReturnValues: 'ALL_NEW',
      },
    ],
    answers: [ok({ Attributes: wire })],
  },
  'a deletion': {
    command: ['Delete', { TableName: 't', Key, ReturnValues: 'ALL_OLD' }],
    answers: [ok({ Attributes: wire })],
  },
  'a page of a query': {
    command: [
      'Query',
      {
        TableName: 't',
        KeyConditionExpression: 'userId = :u',
        ExpressionAttributeValues: { ':u': 'alice' },
        ExclusiveStartKey: { ...Key, secret: Uint8Array.from([7]) },
      },
    ],
    answers: [ok({ Items: twice.map(() => wire), Count: 2, LastEvaluatedKey: { userId: { S: 'bob' } } })],
  },
  'a query that finds nothing': {
    command: [
      'Query',
      { TableName: 't', KeyConditionExpression: 'userId = :u', ExpressionAttributeValues: { ':u': 'x' } },
    ],
    answers: [ok({ Items: [], Count: 0, ScannedCount: 0 })],
  },
  'a batch of which keys are left over': {
    command: [
      'BatchGet',
      { RequestItems: { t: { Keys: [Key], ConsistentRead: true }, u: { Keys: [Key, Key] } } },
    ],
    answers: [
      ok({
        Responses: { t: [wire], u: [] },
        UnprocessedKeys: { u: { Keys: [{ userId: { S: 'bob' }, at: { B: 'AQ==' } }], ConsistentRead: true } },
      }),
    ],
  },
  'writes of which some are left over': {
    command: ['BatchWrite', { RequestItems: { t: [putRequest, deleteRequest] } }],
    answers: [
      ok({
        UnprocessedItems: {
          t: [{ PutRequest: { Item: wire } }, { DeleteRequest: { Key: { userId: { S: 'b' } } } }],
        },
      }),
    ],
  },
  'a transaction': {
    command: [
      'TransactWrite',
      {
        ClientRequestToken: 'token',
        TransactItems: [
          { Put: { TableName: 't', Item: item } },
          {
            Update: {
              TableName: 't',
              Key,
              UpdateExpression: 'SET a = :a',
              ExpressionAttributeValues: { ':a': 1 },
            },
          },
          { Delete: { TableName: 't', Key } },
          { ConditionCheck: { TableName: 't', Key, ConditionExpression: 'attribute_exists(a)' } },
        ],
      },
    ],
    answers: [],
  },
  'a transaction that is cancelled': {
    command: [
      'TransactWrite',
      { ClientRequestToken: 'token', TransactItems: [{ Delete: { TableName: 't', Key } }] },
    ],
    answers: [
      fault(400, 'TransactionCanceledException', {
        CancellationReasons: [
          { Code: 'ConditionalCheckFailed', Message: 'no', Item: wire },
          { Code: 'None' },
          { Code: 'TransactionConflict', Message: 'busy' },
        ],
      }),
    ],
  },
  'a condition that does not hold': {
    answers: [fault(400, 'ConditionalCheckFailedException', { Item: wire })],
  },
  'a condition that does not hold, without the item': {
    answers: [fault(400, 'ConditionalCheckFailedException')],
  },
  'what is invalid': { answers: [fault(400, 'ValidationException')] },
  'a table that is not there': { answers: [fault(400, 'ResourceNotFoundException')] },
  'who may not': { answers: [fault(400, 'AccessDeniedException')] },
  'a token that has expired': { answers: [fault(400, 'ExpiredTokenException')] },
  'an error that is told in a header': {
    answers: [{ status: 400, headers: { 'x-amzn-errortype': 'SomethingNew:http://x' }, body: '{}' }],
  },
  'an error of a name alone': { answers: [{ status: 400, body: '{"__type":"Odd"}' }] },
  'one throttle': { answers: [fault(400, 'ProvisionedThroughputExceededException')] },
  'throttles without an end': { answers: four(fault(400, 'ThrottlingException')) },
  'a request limit': { answers: [fault(400, 'RequestLimitExceeded')] },
  'a transaction in progress': { answers: [fault(400, 'TransactionInProgressException')] },
  'too many requests': { answers: [{ status: 429, body: '{}' }] },
  'a fault of the service': { answers: [fault(500, 'InternalServerError')] },
  'faults of the service without an end': { answers: four(fault(500, 'InternalServerError')) },
  'a status that no repeat mends': { answers: [fault(501, 'NotImplemented')] },
  'a proxy that is busy once': { answers: [busy] },
  'a connection cut once': { answers: ['cut'] },
  'connections cut without an end': { answers: four('cut') },
  'an answer cut once': { answers: ['cut in the answer'] },
  'silence once': { answers: ['silence'] },
  'silence without an end': { answers: four('silence') },
  'an answer that is no JSON': { answers: [{ status: 200, body: '<html>' }] },
  'an empty answer': { answers: [{ status: 200, body: '' }] },
  'a clock that is wrong': {
    answers: [fault(400, 'InvalidSignatureException', {}, later)],
  },
  'a signature that is wrong': { answers: [fault(400, 'InvalidSignatureException')] },
  'a wait that is asked for': {
    answers: [fault(500, 'InternalServerError', {}, { 'x-amz-retry-after': '1' })],
  },
};

const update = [
  'Update',
  { TableName: 't', Key, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': 1 } },
] as const;

/** To the minute, which tells whether a clock was put right. */
const minutesAhead = (date: unknown): number => {
  const text = String(date).replace(/(....)(..)(..T..)(..)(..)Z/, '$1-$2-$3:$4:$5Z');
  return Math.round((Date.parse(text) - Date.now()) / 60_000);
};

async function outcomeOf(send: () => Promise<unknown>, answers: readonly Answer[]) {
  server.answer(...answers);
  const outcome = await send().then(
    (output) => ({ ...(output as object), $metadata: undefined }),
    (error: Error & { Item?: unknown; CancellationReasons?: unknown }) => ({
      error: error.name,
      Item: error.Item,
      CancellationReasons: error.CancellationReasons,
    }),
  );
  const asked = server.asked().map(({ method, path, target, body, headers }) => ({
    ...{ method, path, target, body: JSON.parse(body) as unknown },
    ...{ type: headers['content-type'], token: headers['x-amz-security-token'] },
    ahead: minutesAhead(headers['x-amz-date']),
  }));
  return { outcome, asked };
}

test.each(Object.entries(cases))(
  'ends alike, and asks alike: %s',
  async (_name, { command = update, answers }) => {
    const [name, input] = command;
    const [Own, Stock] = commands[name];
    const ours: own.Command<object, unknown> = new Own(input as never);
    const theirs = new Stock(input as never) as lib.GetCommand;
    const found = await outcomeOf(async () => thin().send(ours), answers);
    const wanted = await outcomeOf(async () => stock().send(theirs), answers);
    expect(found).toEqual(wanted);
    expect(found.asked.length).toBeGreaterThan(0);
  },
);

test('an answer that is no JSON is a fault of the service when it says so, asked four times', async () => {
  const put = new own.PutCommand({ TableName: 't', Item: {} });
  const { outcome, asked } = await outcomeOf(async () => thin().send(put), four(busy));
  expect(outcome).toMatchObject({ error: 'ServiceError' });
  expect(asked).toHaveLength(4);
});

test('when nothing succeeds any more, both stop to repeat at the same time', async () => {
  const askedBy = async (send: () => Promise<unknown>) => {
    server.answer(...Array.from({ length: 100 }, () => fault(500, 'InternalServerError')));
    for (let call = 0; call < 20; call += 1) await send().catch(() => undefined);
    return server.asked().length;
  };
  const [client, other] = [thin(), stock()];
  const found = await askedBy(async () => client.send(new own.PutCommand({ TableName: 't', Item: {} })));
  const wanted = await askedBy(async () => other.send(new lib.PutCommand({ TableName: 't', Item: {} })));
  expect(found).toBe(wanted);
  expect(found).toBeLessThan(80);
});

test('credentials that have been replaced meanwhile are used by the next attempt', async () => {
  const known: Record<string, string> = variables();
  const client = dynamodbClient({}, known);
  server.answer(fault(400, 'ExpiredTokenException'));
  const get = new own.GetCommand({ TableName: 't', Key });
  await expect(client.send(get)).rejects.toThrow(ServiceError);
  Object.assign(known, { AWS_SESSION_TOKEN: 'another' });
  await client.send(get);
  expect(server.asked().map(({ headers }) => headers['x-amz-security-token'])).toEqual([
    'session',
    'another',
  ]);
});

test('an error has a fixed text: nothing that the service quotes', async () => {
  server.answer(fault(400, 'ValidationException', { message: 'value alice is not valid' }));
  const error = await thin()
    .send(new own.GetCommand({ TableName: 't', Key }))
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ServiceError);
  expect(String(error)).not.toContain('alice');
});
