import { join } from 'node:path';
import { readSystem } from '../../../../infra/local/template/read-system.ts';
import { chatStacks } from '../fixtures/chat-stacks.ts';
import { writeAssembly } from '../fixtures/write-assembly.ts';

const read = (extra: object = {}) => readSystem(writeAssembly(chatStacks(extra)));

test('joins what several stacks say into one system', () => {
  const folder = writeAssembly(chatStacks());
  const system = readSystem(folder);
  expect(system.region).toBe('eu-west-1');
  expect(system.tables).toMatchObject([{ tableName: 'Data-Table', ttlAttribute: 'expiresAt' }]);
  expect(system.functions).toMatchObject([
    {
      functionName: 'send',
      codePath: join(folder, 'asset.code'),
      environment: { SEND_TABLE: 'Data-Table' },
      timeoutSeconds: 3,
    },
    { functionName: 'authorize' },
  ]);
  expect(system.queues.map((queue) => queue.queueName)).toEqual(['Data-Dead', 'Data-Queue']);
  expect(system.queueSources).toMatchObject([
    { queueName: 'Data-Queue', functionName: 'send', reportsItemFailures: true, batchSize: 10 },
  ]);
  expect(system.schedules).toMatchObject([{ functionName: 'send', expression: 'rate(1 minute)' }]);
});

test('only a route with a route response answers, and only its own authorizer guards it', () => {
  expect(read().api.routes).toEqual([
    {
      routeKey: '$connect',
      functionName: 'send',
      routeResponse: false,
      authorizer: { functionName: 'authorize', identitySource: ['route.request.header.X'] },
    },
    { routeKey: 'send', functionName: 'send', routeResponse: true },
  ]);
});

test.each([29_001, 49])('R16 an integration that waits %i ms is refused', (TimeoutInMillis) => {
  const SendIntegration = {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: { IntegrationUri: { 'Fn::GetAtt': ['Send', 'Arn'] }, TimeoutInMillis },
  };
  expect(() => read({ SendIntegration })).toThrow('SendIntegration: TimeoutInMillis');
  const shorter = { ...SendIntegration.Properties, TimeoutInMillis: 5000 };
  const { routes } = read({ SendIntegration: { ...SendIntegration, Properties: shorter } }).api;
  expect(routes).toMatchObject([{ timeoutMs: 5000 }, { timeoutMs: 5000 }]);
});

test('R28 a stage without a deployment has no routes, so it is refused', () => {
  const Stage = { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: 'v1' } };
  expect(() => read({ Stage })).toThrow('stage v1 has no deployment');
});

const mapping = (properties: object) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: { Ref: 'Send' }, ...properties },
});

test('an event source keeps the window of the template', () => {
  const EventSourceArn = { 'Fn::ImportValue': 'data:queue' };
  const FromQueue = mapping({ EventSourceArn, MaximumBatchingWindowInSeconds: 5 });
  expect(read({ FromQueue }).queueSources).toMatchObject([{ batchWindowSeconds: 5 }]);
});

test('reads a stream of a table, and how its changes are delivered', () => {
  const EventSourceArn = { 'Fn::ImportValue': 'data:stream' };
  const Table = { Type: 'AWS::DynamoDB::Table', Properties: streamed };
  const asked = {
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 60,
  };
  const system = read({ Table, FromStream: mapping({ EventSourceArn, ...asked }) });
  expect(system.streamSources).toMatchObject([
    { tableName: 'Data-Table', functionName: 'send', batchSize: 100, bisects: true, mostAge: 60 },
  ]);
  expect(system.tables.map(({ streamViewType }) => streamViewType)).toContain('NEW_IMAGE');
  expect(system.queueSources.map(({ queueName }) => queueName)).not.toContain('Data-Table');
});

test('gives every resource the same id on every run', () => {
  expect(read().api.apiId).toBe(read().api.apiId);
});

const streamed = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};

test.each([
  [{ Topic: { Type: 'AWS::Kinesis::Stream' } }, 'does not serve AWS::Kinesis::Stream (Topic)'],
  [
    { Second: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} } },
    'exactly one WebSocket API is served here, found 2',
  ],
  [
    { EveryMinute: { Type: 'AWS::Events::Rule', Properties: { EventPattern: {} } } },
    'event patterns are not served',
  ],
  [
    { FromStream: mapping({ EventSourceArn: { 'Fn::ImportValue': 'data:stream' } }) },
    'FromStream: StartingPosition: only TRIM_HORIZON is served by the local runtime',
  ],
  [
    { X: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: { 'Fn::ImportValue': 'nowhere' } } } },
    'no stack exports nowhere',
  ],
])('refuses what it would serve wrongly: %j', (extra, message) => {
  expect(() => read(extra)).toThrow(message);
});

test('says what to do when there is no assembly', () => {
  expect(() => readSystem('/nonexistent')).toThrow('run `npm run synth`');
});
