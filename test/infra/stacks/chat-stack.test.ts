import { Match } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { secondPassSeconds } from '../../../shared/holds/second-pass.ts';
import { allowedTo, functionsOf } from '../support/functions.ts';
import { readable } from '../support/readable.ts';
import { templates } from '../support/templates.ts';

const stacks = templates();
const { chat } = stacks;
const read = readable(stacks);

const actions = [
  '$default',
  'hello',
  'conversations',
  'consent',
  'open',
  'members',
  'title',
  'edit',
  'recall',
  'pin',
  'send',
  'upload',
  'download',
  'history',
  'react',
  'search',
  'read',
  'delivered',
  'settings',
  'presence',
  'typing',
  'mute',
  'arrange',
  'block',
  'report',
  'watch',
  'unwatch',
  'profile',
  'erase',
  'ping',
  'devices',
  'export',
];
const routes = Object.values(chat.findResources('AWS::ApiGatewayV2::Route')).map(
  (resource) => z.object({ Properties: z.record(z.string(), z.unknown()) }).parse(resource).Properties,
);
const routeOf = (key: string) => routes.find(({ RouteKey }) => RouteKey === key);

test('the routes are these and no other', () => {
  expect(routes.map(({ RouteKey }) => RouteKey).toSorted()).toEqual(
    ['$connect', '$disconnect', ...actions].toSorted(),
  );
});

test('a frame is routed by its action', () => {
  chat.hasResourceProperties('AWS::ApiGatewayV2::Api', {
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
});

test.each(actions)('%s answers the client', (key) => {
  const [routeId] =
    Object.entries(chat.findResources('AWS::ApiGatewayV2::Route', { Properties: { RouteKey: key } }))[0] ??
    [];
  chat.hasResourceProperties('AWS::ApiGatewayV2::RouteResponse', {
    RouteId: { Ref: routeId },
    RouteResponseKey: '$default',
  });
  expect(routeOf(key)).toHaveProperty('RouteResponseSelectionExpression', '$default');
});

test.each(['$connect', '$disconnect'])('%s has no route response', (key) => {
  expect(routeOf(key)).not.toHaveProperty('RouteResponseSelectionExpression');
  chat.resourceCountIs('AWS::ApiGatewayV2::RouteResponse', actions.length);
});

test.each([
  ['$connect', 'ConnectFunction'],
  ['$disconnect', 'DisconnectFunction'],
  ['$default', 'DefaultRouteFunction'],
  ...actions.slice(1).map((key) => [key, `${key[0]?.toUpperCase()}${key.slice(1)}Function`]),
])('%s runs %s', (key, functionId) => {
  const integration = read(routeOf(key)?.['Target']).replace('integrations/', '');
  const [found] = Object.entries(chat.findResources('AWS::ApiGatewayV2::Integration')).filter(([id]) =>
    id.startsWith(integration),
  );
  expect(read(found?.[1]['Properties'].IntegrationUri)).toBe(
    `arn:{Partition}:apigateway:ap-northeast-2:lambda:path/2015-03-31/functions/${functionId}/invocations`,
  );
});

test('$connect alone is authorized, by the function', () => {
  expect(routes.filter(({ AuthorizationType }) => AuthorizationType !== 'NONE')).toEqual([
    routeOf('$connect'),
  ]);
  expect(routeOf('$connect')).toHaveProperty('AuthorizationType', 'CUSTOM');
});

test('the token comes as a sub-protocol', () => {
  chat.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    AuthorizerType: 'REQUEST',
    IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'],
  });
});

test('only this stage of this API may call a route function', () => {
  const sources = Object.values(chat.findResources('AWS::Lambda::Permission')).map(({ Properties }) =>
    read(Properties.SourceArn),
  );
  const stage = 'arn:{Partition}:execute-api:ap-northeast-2:{AccountId}:ChatApi';
  expect(sources.toSorted()).toEqual(
    [
      ...['$connect', '$disconnect', ...actions].map((key) => `${stage}/v1/${key}`),
      `${stage}/authorizers/ChatApiAuthorizer`,
      'ApplyHoldsScheduleRule',
      'ExpireConnectionsScheduleRule',
      'ResumeErasuresScheduleRule',
      'PurgeScheduleRule',
      'SweepProfilesScheduleRule',
      'SweepUploadsScheduleRule',
      'SweepReportsScheduleRule',
      'TendExportsScheduleRule',
    ].toSorted(),
  );
});

test.each([
  ['Runtime', 'nodejs24.x'],
  ['Architectures', ['arm64']],
  ['Handler', 'index.handler'],
])('every function has the %s %j', (property, value) => {
  chat.allResourcesProperties('AWS::Lambda::Function', { [property]: value });
});

test('of an invocation that goes well Lambda writes nothing; of one that fails, everything', () => {
  chat.allResourcesProperties('AWS::Lambda::Function', {
    LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN', ApplicationLogLevel: Match.absent() },
  });
});

test('every function has half a gigabyte, the one that decodes media two', () => {
  const sizes = Object.entries(chat.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => [
    id.replace(/[0-9A-F]{8}$/, ''),
    Properties.MemorySize,
  ]);
  expect(sizes.filter(([, size]) => size !== 512)).toEqual([['ProcessMediaFunction', 2_048]]);
});

test('every function that a client waits for ends within ten seconds, all else has more time', () => {
  const timeouts = Object.entries(chat.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => [
    id.replace(/[0-9A-F]{8}$/, ''),
    Properties.Timeout,
  ]);
  expect(Object.fromEntries(timeouts.filter(([, seconds]) => seconds !== 10))).toEqual({
    AdminConsentShowFunction: 60,
    AdminConsentRecordFunction: 60,
    AdminConsentWithdrawFunction: 60,
    AdminConversationShowFunction: 60,
    AdminMessageEraseFunction: 60,
    AdminHoldFunction: 60,
    AdminReleaseFunction: 60,
    AdminPurgeStatusFunction: 60,
    AdminRetentionPreviewFunction: 60,
    AdminUserEraseFunction: 60,
    AdminUserReceiptsFunction: 60,
    CarryOutErasuresFunction: 60,
    DeliverRoomFunction: 60,
    ResumeErasuresFunction: 60,
    ProcessMediaFunction: 60,
    ExpireConnectionsFunction: 60,
    SweepProfilesFunction: 60,
    SweepUploadsFunction: 60,
    SweepReportsFunction: 60,
    AdminReportDecideFunction: 60,
    AdminReportListFunction: 60,
    AdminReportShowFunction: 60,
    PurgeFunction: 300,
    ApplyHoldsFunction: 120,
    AdminUserExportFunction: 60,
    WriteExportFunction: 900,
    TendExportsFunction: 60,
  });
});

test('every function writes to a log group of its own', () => {
  const groups = Object.values(chat.findResources('AWS::Lambda::Function')).map(({ Properties }) =>
    read(Properties.LoggingConfig.LogGroup),
  );
  expect(new Set(groups).size).toBe(groups.length);
});

test('every log is kept for a week and goes with the stack', () => {
  chat.allResources('AWS::Logs::LogGroup', {
    Properties: Match.objectLike({ RetentionInDays: 7, LogGroupName: Match.absent() }),
    DeletionPolicy: 'Delete',
  });
});

const stages = z.object({ Properties: z.object({ AccessLogSettings: z.object({ Format: z.string() }) }) });

test('the access log holds ids, times and outcomes: no header, query string, address or user agent', () => {
  const logged = templates({ accessLog: true }).chat;
  const { Format } = Object.values(logged.findResources('AWS::ApiGatewayV2::Stage')).map((stage) =>
    stages.parse(stage),
  )[0]?.Properties.AccessLogSettings ?? { Format: '{}' };
  expect(Object.values(JSON.parse(Format)).toSorted()).toEqual([
    '$context.connectionId',
    '$context.error.responseType',
    '$context.eventType',
    '$context.integrationLatency',
    '$context.requestId',
    '$context.requestTimeEpoch',
    '$context.routeKey',
    '$context.status',
  ]);
});

test('without asking there is no access log, for which a fresh account lacks the role', () => {
  templates().chat.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    AccessLogSettings: Match.absent(),
  });
});

test('the stage is v1, is throttled, and traces no data', () => {
  chat.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    StageName: 'v1',
    AutoDeploy: true,
    DefaultRouteSettings: {
      ThrottlingRateLimit: 1_000,
      ThrottlingBurstLimit: 2_000,
      DataTraceEnabled: Match.absent(),
      LoggingLevel: Match.absent(),
    },
  });
});

test('the operator sets the throttling', () => {
  templates({ throttling: { ratePerSecond: 5, burst: 9 } }).chat.hasResourceProperties(
    'AWS::ApiGatewayV2::Stage',
    {
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 9 },
    },
  );
});

test('what rooms are to be told comes ten at a time, in many batches at once, and each fails for itself', () => {
  const mapping = Object.values(chat.findResources('AWS::Lambda::EventSourceMapping')).find(
    ({ Properties }) => read(Properties.FunctionName) === 'DeliverRoomFunction',
  );
  expect(mapping?.['Properties']).toMatchObject({
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 50 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect(read(mapping?.['Properties'].EventSourceArn)).toBe('RoomWorkQueue');
});

test('retries come ten at a time, in a few batches at once, and each fails for itself', () => {
  const mapping = Object.values(chat.findResources('AWS::Lambda::EventSourceMapping')).find(
    ({ Properties }) => read(Properties.FunctionName) === 'RetryPushFunction',
  );
  expect(mapping?.['Properties']).toMatchObject({
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 4 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
  expect(read(mapping?.['Properties'].EventSourceArn)).toBe('RetriesQueue');
});

const working = ['ApplyHoldsFunction', 'CarryOutErasuresFunction', 'WriteExportFunction'];

test('long work comes one at a time, and a few at once: the rest of the account is for the chat', () => {
  const mappings = Object.values(chat.findResources('AWS::Lambda::EventSourceMapping'))
    .map(({ Properties }) => ({ ...Properties, by: read(Properties.FunctionName) }))
    .filter(({ by }) => by !== 'RetryPushFunction' && by !== 'DeliverRoomFunction');
  expect(mappings.map(({ by }) => by).toSorted()).toEqual(working);
  for (const mapping of mappings)
    expect(mapping).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 4 } });
});

test('who goes on by a queue is not stopped as a loop, and everybody else would be', () => {
  const allowed = Object.entries(chat.findResources('AWS::Lambda::Function'))
    .filter(([, { Properties }]) => Properties.RecursiveLoop !== undefined)
    .map(([id, { Properties }]) => [id.replace(/[0-9A-F]{8}$/, ''), Properties.RecursiveLoop]);
  const expected = [...working, 'DeliverRoomFunction'].toSorted();
  expect(allowed.toSorted()).toEqual(expected.map((id) => [id, 'Allow']));
});

test('expired connections are looked for every minute', () => {
  expect(scheduleOf(chat, 'ExpireConnections')).toMatchObject({ ScheduleExpression: 'rate(1 minute)' });
});

test('uploads that nobody sends are looked for every five minutes, also where the time to live deletes', () => {
  const expected = { ScheduleExpression: 'rate(5 minutes)' };
  expect(scheduleOf(chat, 'SweepUploads')).toMatchObject(expected);
  expect(scheduleOf(templates({ purge: 'ttl' }).chat, 'SweepUploads')).toMatchObject(expected);
});

test('unfinished work on holds is taken up every five minutes', () => {
  expect(scheduleOf(chat, 'ApplyHolds')).toMatchObject({ ScheduleExpression: 'rate(5 minutes)' });
});

test('a hold looks a second time when no invocation that knew nothing of it can still run', () => {
  const timeouts = new Map(
    Object.entries(chat.findResources('AWS::Lambda::Function')).map(([id, { Properties }]) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      Properties.Timeout,
    ]),
  );
  // Whoever deletes, marks, or stores without a time to live by what the holds are. What they had on its way arrives later.
  for (const name of [
    'Purge',
    'SweepProfiles',
    'SweepUploads',
    'CarryOutErasures',
    'ApplyHolds',
    'Send',
    'Open',
    'Profile',
  ])
    expect([name, timeouts.get(`${name}Function`) + 30 <= secondPassSeconds]).toEqual([name, true]);
});

test('nobody else may delete what a hold keeps', () => {
  const deleting =
    /^dynamodb:(Delete|BatchWrite)Item on (Messages|Profiles)Table|^s3:DeleteObject on MediaBucket\/media/;
  const names = [...functionsOf(templates()).keys()].filter((name) =>
    allowedTo(templates(), name).some((grant) => deleting.test(grant)),
  );
  // What `process-media` takes back it has put itself, and no message has it.
  // `title` puts what is held into a row of its own in the same transaction.
  // `recall` looks for the holds first, and keeps what they mean; `apply-holds` deletes what only a hold has kept, once it is lifted.
  const wanted = [
    ...[
      'admin-conversation-title',
      'apply-holds',
      'carry-out-erasures',
      'process-media',
      'purge',
      'recall',
      'sweep-profiles',
      'sweep-uploads',
    ],
    'title',
  ];
  expect(names.toSorted()).toEqual(wanted);
});

test.each([
  ['1h', 'rate(15 minutes)'],
  ['5m', 'rate(1 minute)'],
  ['30d', 'rate(1 hour)'],
])('with a bound of %s the sweeper runs at %s', (bound, expression) => {
  const { chat: bounded } = templates({ purge: { bound } });
  expect(scheduleOf(bounded, 'Purge')).toMatchObject({ ScheduleExpression: expression });
});

test('one sweeper is started by the event of the clock, several each with its number, five by a rule', () => {
  const startedWith = (purge: object) =>
    Object.entries(templates({ purge }).chat.findResources('AWS::Events::Rule'))
      .filter(([, { Properties }]) => read(Properties.Targets[0].Arn) === 'PurgeFunction')
      .map(([, { Properties }]) => Properties.Targets.map(({ Input }: { Input?: string }) => Input));
  expect(startedWith({})).toEqual([[undefined]]);
  expect(startedWith({ sweepers: 2 })).toEqual([['{"sweeper":1,"of":2}', '{"sweeper":2,"of":2}']]);
  const eight = startedWith({ sweepers: 8 });
  expect(eight.map((targets) => targets.length).toSorted()).toEqual([3, 5]);
  expect(new Set(eight.flat())).toHaveProperty('size', 8);
});

function scheduleOf(template: typeof chat, name: string) {
  const rules = Object.values(template.findResources('AWS::Events::Rule')).map(
    ({ Properties }) => Properties,
  );
  const rule = rules.find(({ Targets }) => read(Targets[0].Arn) === `${name}Function`);
  return { State: undefined, ...rule };
}

test.each(['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::Cognito::UserPool'])(
  'no %s stands among what may be replaced',
  (type) => {
    chat.resourceCountIs(type, 0);
  },
);

test('the outputs say where to connect and who issues the tokens', () => {
  const outputs = Object.entries(chat.findOutputs('*')).map(([name, { Value }]) => [name, read(Value)]);
  expect(Object.fromEntries(outputs)).toEqual({
    WebSocketUrl: 'wss://ChatApi.execute-api.ap-northeast-2.{URLSuffix}/v1',
    RetryQueueUrl: 'RetriesQueue',
    DeadLetterQueueUrl: 'RetriesDeadLetters',
    UserPoolId: 'UsersPool',
    UserPoolClientId: 'UsersPoolClient',
  });
});

test('with an issuer the outputs name no user pool', () => {
  const own = templates({ auth: { issuer: 'https://id.example', audience: 'chat' } });
  expect(Object.keys(own.chat.findOutputs('*'))).toEqual([
    'WebSocketUrl',
    'RetryQueueUrl',
    'DeadLetterQueueUrl',
  ]);
});
