import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { jsonClient } from '../../../shared/runtime/json-client.ts';
import { ServiceError } from '../../../shared/runtime/service-error.ts';
import { dynamodbService, type UpdateItem, updateItem } from '../../../shared/stores/dynamodb/update-item.ts';

// Every case goes through the stock client too: the thin one is to answer alike, and to ask as often.

type Answer = { readonly status: number; readonly body: string } | 'cut' | 'silence';
type Request = { readonly target: string; readonly signature: string; readonly body: unknown };

let answers: Answer[] = [];
let requests: Request[] = [];
const server = createServer((request, response) => void serve(request, response));

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { 'x-amz-target': target, authorization = '' } = request.headers;
  requests.push({
    target: String(target),
    signature: authorization.replace(/.*SignedHeaders=([^,]*).*/, '$1'),
    body: JSON.parse(await text(request)),
  });
  const answer = answers.shift() ?? { status: 200, body: '{}' };
  if (answer === 'silence') return;
  if (answer === 'cut') request.socket.destroy();
  else response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body);
}

const fault = (status: number, type: string, rest: object = {}): Answer => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'no', ...rest }),
});

let endpoint: string;
let stock: DynamoDBDocumentClient;
let clients: Readonly<Record<'thin' | 'stock', UpdateItem>>;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'session' };
  stock = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials, maxAttempts: 3 }),
  );
  clients = {
    thin: updateItem(jsonClient(dynamodbService, variables())),
    stock: async (input) => stock.send(new UpdateCommand(input)),
  };
});
beforeEach(() => {
  answers = [];
  requests = [];
});
afterAll(async () => {
  stock.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const variables = () => ({
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'session',
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
});

const input: UpdateCommandInput = {
  TableName: 'rateLimits',
  Key: { userId: 'alice', limit: 'messages' },
  UpdateExpression: 'SET fullAt = :next',
  ConditionExpression: 'fullAt < :now',
  ExpressionAttributeValues: { ':next': 1_900_000_000_100.5, ':now': 1_900_000_000_000 },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
};

const throttle = fault(400, 'ProvisionedThroughputExceededException');
const unavailable: Answer = { status: 503, body: '<html>busy</html>' };
const cases: Readonly<Record<string, readonly Answer[]>> = {
  'a write that takes place': [],
  'a condition that does not hold': [
    fault(400, 'ConditionalCheckFailedException', { Item: { fullAt: { N: '7' } } }),
  ],
  'what is invalid': [fault(400, 'ValidationException')],
  'a table that is not there': [fault(400, 'ResourceNotFoundException')],
  'one throttle': [throttle],
  'throttles without an end': [throttle, throttle, throttle, throttle],
  'a fault of the service': [fault(500, 'InternalServerError')],
  'faults without an end': [unavailable, unavailable, unavailable, unavailable],
  'a connection cut once': ['cut'],
};

const outcomeOf = async (client: UpdateItem, given: readonly Answer[]) => {
  answers = [...given];
  requests = [];
  const outcome = await client(input).then(
    () => ({ done: true }),
    (error: Error & { Item?: unknown }) => ({ name: error.name, Item: error.Item }),
  );
  return { outcome, asked: requests.map(({ target, body }) => ({ target, body })) };
};

test.each(Object.keys(cases).filter((name) => name !== 'faults without an end'))(
  'ends alike, and asks alike: %s',
  async (name) => {
    const given = cases[name] ?? [];
    const thin = await outcomeOf(clients.thin, given);
    const stocked = await outcomeOf(clients.stock, given);
    expect(thin).toEqual(stocked);
    expect(thin.asked.length).toBeGreaterThan(0);
  },
);

test('an answer that is no JSON is a fault of the service, asked three times', async () => {
  const { outcome, asked } = await outcomeOf(clients.thin, cases['faults without an end'] ?? []);
  expect(outcome).toMatchObject({ name: 'ServiceError' });
  expect(asked).toHaveLength(3);
});

test('signs the host, the type, the target, the time, the digest and the session', async () => {
  await clients.thin(input);
  expect(requests[0]?.signature.split(';')).toEqual(
    expect.arrayContaining(['content-type', 'host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target']),
  );
});

test('a service that says nothing is given up and asked again', async () => {
  answers = ['silence', { status: 200, body: '{"Attributes":{}}' }];
  const call = jsonClient(dynamodbService, variables(), { connectionTimeout: 100, requestTimeout: 100 });
  await expect(call('UpdateItem', {})).resolves.toEqual({ Attributes: {} });
  expect(requests).toHaveLength(2);
});

test('an error has a fixed text: nothing that the service quotes', async () => {
  answers = [fault(400, 'ValidationException', { message: 'value alice is not valid' })];
  const error = await clients.thin(input).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ServiceError);
  expect(String(error)).not.toContain('alice');
});
