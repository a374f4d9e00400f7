import { existsSync, readFileSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { systemName } from '../../../infra/configuration/system-name.ts';
import { readable } from '../support/readable.ts';
import { type Templates, templates } from '../support/templates.ts';

const email = 'oncall@example.com';
const topicArn = 'arn:aws:sns:ap-northeast-2:123456789012:oncall';
const watched = templates({ alarms: { email, watch: 'resources' }, sensitiveData: 'flag' });
/** As it is without the operator's word: what the account's functions and tables do together. */
const together = templates({ alarms: { email }, sensitiveData: 'flag' });

const shape = z.object({
  Properties: z.object({
    AlarmName: z.string(),
    AlarmDescription: z.string(),
    Namespace: z.string().optional(),
    MetricName: z.string().optional(),
    Metrics: z
      .array(
        z.object({
          Id: z.string(),
          Expression: z.string().optional(),
          Period: z.number().optional(),
          ReturnData: z.boolean().default(true),
          MetricStat: z
            .object({
              Metric: z.object({
                Namespace: z.string(),
                MetricName: z.string(),
                Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
              }),
              Period: z.number(),
              Stat: z.string(),
            })
            .optional(),
        }),
      )
      .optional(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
    Statistic: z.string().optional(),
    Period: z.number().optional(),
    EvaluationPeriods: z.number(),
    Threshold: z.number(),
    TreatMissingData: z.string(),
    AlarmActions: z.array(z.unknown()).default([]),
    OKActions: z.array(z.unknown()).default([]),
  }),
});

function alarmsOf({ chat }: Templates) {
  return Object.values(chat.findResources('AWS::CloudWatch::Alarm')).map(
    (resource) => shape.parse(resource).Properties,
  );
}
const alarmOf = (name: string, from = watched) =>
  alarmsOf(from).find(({ AlarmName }) => AlarmName === `Lapse-Chat-${name}`);
const namesOf = (from: Templates) =>
  alarmsOf(from).map(({ AlarmName }) => AlarmName.replace('Lapse-Chat-', ''));

test('nobody to tell: no alarm, no dashboard, no topic, no budget', () => {
  for (const type of ['CloudWatch::Alarm', 'CloudWatch::Dashboard', 'SNS::Topic', 'Budgets::Budget'])
    templates().chat.resourceCountIs(`AWS::${type}`, 0);
});

test.each([
  ['AuthorizerErrors', 'Lapse', 'AuthorizerErrors', 'Sum', 300, 4],
  ['FanOutFailures', 'Lapse', 'FanOutFailures', 'Sum', 300, 100],
  ['RetryQueueDepth', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum', 300, 1_000],
  ['RetryQueueAge', 'AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum', 300, 300],
  ['DeadLetters', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum', 300, 0],
  ['HoldWorkDeadLetters', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum', 300, 0],
  ['ExpiredItems', 'Lapse', 'OldestExpiredItemAge', 'Maximum', 1_800, 3_600],
  ['OpenErasures', 'Lapse', 'OldestOpenErasureAge', 'Maximum', 3_600, 86_400],
  ['ErasureDeadline', 'Lapse', 'OldestErasureRequestAge', 'Maximum', 3_600, 27 * 86_400],
  ['OverdueConnections', 'Lapse', 'OldestOverdueConnectionAge', 'Maximum', 900, 300],
  ['OverdueUploads', 'Lapse', 'OldestOverdueUploadAge', 'Maximum', 900, 3_600],
  ['OverdueExports', 'Lapse', 'OldestOverdueExportAge', 'Maximum', 900, 3_600],
  ['OpenExports', 'Lapse', 'OldestOpenExportAge', 'Maximum', 900, 86_400],
  ['HoldWalks', 'Lapse', 'OldestHoldWalkAge', 'Maximum', 900, 21_600],
  ['SensitiveData', 'Lapse', 'SensitiveData', 'Sum', 3_600, 20],
  ['SendErrors', 'AWS/Lambda', 'Errors', 'Sum', 300, 2],
  ['SendThrottles', 'AWS/Lambda', 'Throttles', 'Sum', 300, 0],
  ['MessagesTableReadThrottles', 'AWS/DynamoDB', 'ReadThrottleEvents', 'Sum', 300, 10],
  ['MessagesTableWriteThrottles', 'AWS/DynamoDB', 'WriteThrottleEvents', 'Sum', 300, 10],
  ['Conversations-byNextPurge-ReadThrottles', 'AWS/DynamoDB', 'ReadThrottleEvents', 'Sum', 300, 10],
])('%s is above %s %s', (name, Namespace, MetricName, Statistic, Period, Threshold) => {
  expect(alarmOf(name)).toMatchObject({ Namespace, MetricName, Statistic, Period, Threshold });
});

test.each([
  ['SendErrors', 'SendFunction'],
  ['MessagesTableReadThrottles', 'MessagesTable'],
  ['RetryQueueDepth', 'RetriesQueue'],
  ['DeadLetters', 'RetriesDeadLetters'],
  ['ErasuresDeadLetters', 'ErasuresDeadLetters'],
  ['HoldWorkDeadLetters', 'HoldWorkDeadLetters'],
  ['ExportsDeadLetters', 'ExportsDeadLetters'],
])('%s looks at %s', (name, id) => {
  const read = readable(watched);
  expect(alarmOf(name)?.Dimensions.map(({ Value }) => read(Value))).toEqual([id]);
});

test('what the functions measure has no dimension: there is one of each', () => {
  const own = alarmsOf(watched).filter(({ Namespace }) => Namespace === 'Lapse');
  expect(own).toHaveLength(12);
  expect(own.flatMap(({ Dimensions }) => Dimensions)).toEqual([]);
});

test('every function and every table is watched, but for the refusals of authorize and the commands', () => {
  const children = (type: string, { chat, data }: Templates) =>
    [chat, data].flatMap((template) =>
      Object.keys(template.findResources(type)).map((id) => id.replace(/(Function|Table)[0-9A-F]{8}$/, '')),
    );
  const functions = children('AWS::Lambda::Function', watched).filter((id) => !id.startsWith('Admin'));
  const expected = [
    ...functions.map((id) => `${id}Throttles`),
    ...functions.filter((id) => id !== 'Authorize').map((id) => `${id}Errors`),
    ...children('AWS::DynamoDB::Table', watched).flatMap((id) => [
      `${id}TableReadThrottles`,
      `${id}TableWriteThrottles`,
    ]),
  ];
  expect(namesOf(watched)).toEqual(expect.arrayContaining(expected));
});

test('every index is watched by itself: the metric of its table says nothing of it', () => {
  const expected = Object.values(watched.data.findResources('AWS::DynamoDB::Table')).flatMap(
    ({ Properties: { GlobalSecondaryIndexes = [] } }) =>
      GlobalSecondaryIndexes.map(({ IndexName }: { readonly IndexName: string }) => IndexName),
  );
  const byIndex = alarmsOf(watched).flatMap(({ MetricName, Dimensions }) =>
    Dimensions.filter(({ Name }) => Name === 'GlobalSecondaryIndexName').map(({ Value }) => [
      MetricName,
      Value,
    ]),
  );
  expect(expected).toContain('byMember');
  for (const kind of ['Read', 'Write'])
    expect(
      byIndex
        .filter(([name]) => name === `${kind}ThrottleEvents`)
        .map(([, index]) => index)
        .toSorted(),
    ).toEqual(expected.toSorted());
});

test('by default six alarms are for all functions and tables of the account, and the rest is as it was', () => {
  const each = /(Errors|Throttles)$/;
  const others = namesOf(watched).filter((name) => !each.test(name) || name === 'AuthorizerErrors');
  expect(namesOf(together).toSorted()).toEqual(
    [
      ...others,
      'FunctionErrors',
      'FunctionThrottles',
      'TableReadThrottles',
      'TableWriteThrottles',
      'IndexReadThrottles',
      'IndexWriteThrottles',
    ].toSorted(),
  );
});

test('the errors of all functions leave out what authorize refuses, silent or not', () => {
  const { Metrics = [], ...alarm } = alarmOf('FunctionErrors', together) ?? {};
  expect(alarm).toMatchObject({ Threshold: 2, EvaluationPeriods: 1 });
  const looked = Metrics.map(({ Id, Expression, ReturnData, MetricStat }) => ({
    ...(Expression === undefined ? { Id } : { Expression }),
    ReturnData,
    ...(MetricStat && {
      name: `${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName} ${MetricStat.Stat} ${MetricStat.Period}`,
      of: MetricStat.Metric.Dimensions.map(({ Value }) => readable(together)(Value)),
    }),
  }));
  expect(looked).toEqual([
    { Expression: 'errors - FILL(refusals, 0)', ReturnData: true },
    { Id: 'errors', ReturnData: false, name: 'AWS/Lambda Errors Sum 300', of: [] },
    { Id: 'refusals', ReturnData: false, name: 'AWS/Lambda Errors Sum 300', of: ['AuthorizeFunction'] },
  ]);
});

test('the throttles of all functions, of all tables and of all their indexes', () => {
  expect(alarmOf('FunctionThrottles', together)).toMatchObject({
    ...{ Namespace: 'AWS/Lambda', MetricName: 'Throttles', Statistic: 'Sum', Period: 300, Dimensions: [] },
    ...{ Threshold: 0, EvaluationPeriods: 2 },
  });
  const queries = ['TableRead', 'TableWrite', 'IndexRead', 'IndexWrite'].map((name) => {
    const { Metrics, Threshold } = alarmOf(`${name}Throttles`, together) ?? {};
    return [Metrics?.map(({ Expression, Period }) => [Expression, Period]), Threshold];
  });
  const schema = { Table: 'TableName', Index: 'GlobalSecondaryIndexName, TableName' };
  expect(queries).toEqual(
    (['Table', 'Index'] as const).flatMap((of) =>
      ['Read', 'Write'].map((kind) => [
        [[`SELECT SUM(${kind}ThrottleEvents) FROM SCHEMA("AWS/DynamoDB", ${schema[of]})`, 300]],
        10,
      ]),
    ),
  );
});

test('what an alarm of all does not name, the dashboard shows: errors, throttles of each function, table and index', () => {
  const [dashboard] = Object.values(together.chat.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.['Properties'].DashboardBody);
  const ids = (type: string, { chat, data }: Templates) =>
    [chat, data].flatMap((template) => Object.keys(template.findResources(type)));
  for (const id of ids('AWS::Lambda::Function', together)) expect(body).toContain(id);
  for (const name of ['"Errors', 'Throttles', 'ReadThrottleEvents', 'WriteThrottleEvents'])
    expect(body.replaceAll('\\', '')).toContain(name);
  const shown = Object.values(together.data.findResources('AWS::DynamoDB::Table')).flatMap(
    ({ Properties: { GlobalSecondaryIndexes = [] } }) =>
      GlobalSecondaryIndexes.map(({ IndexName }: { readonly IndexName: string }) => IndexName),
  );
  for (const index of shown) expect(body).toContain(index);
});

test('what runs by the clock is heard of when it does not: by its own metric, or by its runs', () => {
  const rules = Object.values(watched.chat.findResources('AWS::Events::Rule'));
  const loud: Readonly<Record<string, string>> = {
    ApplyHolds: 'HoldWalks',
    ExpireConnections: 'OverdueConnections',
    Purge: 'ExpiredItems',
    ResumeErasures: 'OpenErasures',
    SweepProfiles: 'ExpiredProfiles',
    SweepUploads: 'OverdueUploads',
    TendExports: 'OverdueExports',
  };
  const run = rules.map(({ Properties }) =>
    JSON.stringify(Properties.Targets).replace(/.*"([A-Za-z]+)Function[0-9A-F]{8}".*/, '$1'),
  );
  expect(run.toSorted()).toEqual(Object.keys(loud));
  for (const name of Object.values(loud)) expect(alarmOf(name)?.TreatMissingData).toBe('breaching');
  const handedOver = templates({ alarms: { email }, messages: { store: false, handover: '5m' } });
  expect(alarmOf('SweepHandoversSilence', handedOver)).toMatchObject({
    ...{ TreatMissingData: 'breaching', MetricName: 'Invocations', Threshold: 1 },
  });
});

test('silence of what runs by the clock is trouble; silence of everything else is peace', () => {
  const loud = alarmsOf(watched).filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
  expect(loud.map(({ AlarmName }) => AlarmName.replace('Lapse-Chat-', '')).toSorted()).toEqual([
    'ErasureDeadline',
    'ExpiredItems',
    'ExpiredProfiles',
    'HoldWalks',
    'OpenErasures',
    'OpenExports',
    'OverdueConnections',
    'OverdueExports',
    'OverdueUploads',
  ]);
});

test.each([
  [
    { messages: { store: false } },
    ['ExpiredItems', 'RetryQueueAge', 'DeadLetters', 'MessagesTableReadThrottles'],
  ],
  [{ purge: 'ttl' }, ['ExpiredItems', 'ExpiredProfiles']],
  [{ profiles: { store: false } }, ['ExpiredProfiles']],
  [{ sensitiveData: 'allow' }, ['SensitiveData']],
])('with %j there is none of %j', (input, absent) => {
  const names = namesOf(templates({ alarms: { email, watch: 'resources' }, ...input }));
  expect(names.filter((name) => absent.includes(name))).toEqual([]);
});

test('the bound of the sweeper is the bound of the alarm', () => {
  const bounded = templates({ alarms: {}, purge: { bound: '5m' } });
  expect(alarmOf('ExpiredItems', bounded)).toMatchObject({ Threshold: 300, Period: 120 });
});

test('every alarm leads to a section of the runbook', () => {
  const runbook = readFileSync('docs/runbook.md', 'utf8');
  const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const { AlarmDescription } of [...alarmsOf(watched), ...alarmsOf(together)]) {
    const [, file = '', anchor] = /What to do: ([\w/.]+)#([\w-]+)$/.exec(AlarmDescription) ?? [];
    expect([existsSync(file), anchors]).toEqual([true, expect.arrayContaining([anchor])]);
  }
});

test("an address is told through a topic that takes TLS and this account's alarms only", () => {
  watched.chat.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: email });
  watched.chat.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ]),
    },
  });
  for (const { AlarmActions, OKActions } of alarmsOf(watched)) {
    expect(AlarmActions).toHaveLength(1);
    expect(OKActions).toEqual(AlarmActions);
  }
});

test("the operator's own topic is told as it is", () => {
  const own = templates({ alarms: { topicArn } });
  own.chat.resourceCountIs('AWS::SNS::Topic', 0);
  for (const { AlarmActions } of alarmsOf(own)) expect(AlarmActions).toEqual([topicArn]);
});

test('the dashboard shows every alarm, and its text is no secret', () => {
  const [dashboard] = Object.values(watched.chat.findResources('AWS::CloudWatch::Dashboard'));
  const body = JSON.stringify(dashboard?.['Properties'].DashboardBody);
  for (const id of Object.keys(watched.chat.findResources('AWS::CloudWatch::Alarm')))
    expect(body).toContain(id);
  for (const name of ['ConnectCount', 'FanOutFailures', 'OldestExpiredItemAge', 'RefusedHandshakes', 'p95'])
    expect(body).toContain(name);
  expect(dashboard?.['Properties'].DashboardName).toBe('Lapse-Chat-ap-northeast-2');
});

test('a budget and an anomaly are told to whom the alarms are told', () => {
  const { chat } = templates({ alarms: { email }, costs: { monthlyUsd: 50, anomalyUsd: 7.5 } });
  const subscriber = { Address: email, SubscriptionType: 'EMAIL' };
  chat.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 50, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:lapse:stage$default'] },
    },
    NotificationsWithSubscribers: [
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers: [subscriber] },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers: [subscriber] },
    ],
  });
  chat.hasResourceProperties('AWS::CE::AnomalyMonitor', {
    MonitorSpecification: '{"Tags":{"Key":"lapse:stage","Values":["default"]}}',
  });
  chat.hasResourceProperties('AWS::CE::AnomalySubscription', {
    Frequency: 'DAILY',
    Subscribers: [{ Address: email, Type: 'EMAIL' }],
    ThresholdExpression: Match.stringLikeRegexp('"Values":\\["7.5"\\]'),
  });
});

test('a topic is told of an anomaly at once', () => {
  const { chat } = templates({ alarms: { email, topicArn }, costs: { anomalyUsd: 5 } });
  chat.hasResourceProperties('AWS::CE::AnomalySubscription', {
    Frequency: 'IMMEDIATE',
    Subscribers: [{ Address: topicArn, Type: 'SNS' }],
  });
});

test("another stage's alarms look at its own metrics and costs", () => {
  const { chat } = templates({ stage: 'dev', alarms: { email }, costs: { monthlyUsd: 5 } });
  chat.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmName: `${systemName('dev')}-Chat-FanOutFailures`,
    Namespace: 'Lapse/dev',
  });
  chat.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: { CostFilters: { TagKeyValue: ['user:lapse:stage$dev'] } },
  });
});
