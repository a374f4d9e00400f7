import { Match } from 'aws-cdk-lib/assertions';
import { allowedTo, functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const stored = templates();
const passing = templates({ messages: { store: false } });
const handing = templates({ messages: { store: false, handover: '5m' } });

const keepers = /^AWS::(DynamoDB::Table|S3::Bucket|SQS::Queue)$/;
const keepersOf = ({ data, chat }: typeof handing) =>
  [data, chat].flatMap((template) =>
    Object.entries<{ Type: string }>(template.toJSON()['Resources'])
      .filter(([, { Type }]) => keepers.test(Type))
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, '')),
  );

test('a bucket and two tables of ids are there beside what is there without, and nothing of what stores messages', () => {
  const more = ['HandoverUploadsTable', 'HandoversTable', 'HandoverBucket'];
  expect(keepersOf(handing).toSorted()).toEqual([...keepersOf(passing), ...more].toSorted());
});

test('the bucket keeps no versions; its lifecycle, of a day, is a backstop for everything in it', () => {
  handing.data.hasResourceProperties('AWS::S3::Bucket', {
    VersioningConfiguration: Match.absent(),
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'handover',
          ExpirationInDays: 1,
          Status: 'Enabled',
          Prefix: Match.absent(),
          TagFilters: Match.absent(),
        },
        Match.objectLike({ Id: 'incoming', ExpirationInDays: 1 }),
      ],
    },
  });
});

test('every minute a function looks for what is over', () => {
  handing.chat.hasResourceProperties('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 minute)',
    Targets: [
      Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SweepHandovers'), 'Arn'] } }),
    ],
  });
});

const objects = (...actions: string[]) => actions.map((action) => `s3:${action} on HandoverBucket/media/*`);
const incoming = (...actions: string[]) =>
  actions.map((action) => `s3:${action} on HandoverBucket/incoming/*`);
const on = (table: string, ...actions: string[]) => actions.map((action) => `dynamodb:${action} on ${table}`);

const more: Readonly<Record<string, readonly string[]>> = {
  upload: [
    ...on('LiveTable', 'Query'),
    ...on('ConversationsTable', 'GetItem'),
    ...on('HandoverUploadsTable', 'PutItem'),
    ...incoming('PutObject'),
  ],
  send: [...on('HandoversTable', 'UpdateItem'), 'lambda:InvokeFunction on ProcessMediaFunction'],
  download: [
    ...on('LiveTable', 'Query'),
    ...on('ConversationsTable', 'GetItem'),
    ...on('HandoversTable', 'GetItem', 'UpdateItem', 'DeleteItem'),
    ...on('HandoverUploadsTable', 'UpdateItem', 'DeleteItem'),
    ...objects('GetObject', 'DeleteObject'),
  ],
};

test.each(Object.entries(more))('%s may do this beside what it may do without', (name, allowed) => {
  expect(allowedTo(handing, name)).toEqual([...allowedTo(passing, name), ...allowed].toSorted());
});

const added: Readonly<Record<string, readonly string[]>> = {
  'process-media': [
    ...on('HandoverUploadsTable', 'GetItem', 'UpdateItem'),
    ...incoming('GetObject', 'PutObject'),
    ...objects('PutObject', 'DeleteObject'),
    's3:ListBucket on HandoverBucket',
  ],
  'sweep-handovers': [
    ...on('HandoversTable/index/byEnd', 'Query'),
    ...on('HandoversTable', 'DeleteItem'),
    ...on('ConnectionsTable', 'BatchGetItem'),
    ...on('HandoverUploadsTable/index/bySweep', 'Query'),
    ...on('HandoverUploadsTable', 'UpdateItem', 'DeleteItem'),
    ...objects('DeleteObject'),
    ...incoming('DeleteObject'),
  ],
};

test.each(Object.entries(added))('%s is there too, and may do exactly this', (name, allowed) => {
  const rest = allowedTo(handing, name).filter((line) => !line.startsWith('logs:'));
  expect(rest).toEqual([...allowed].toSorted());
  expect(functionsOf(passing).has(name)).toBe(false);
});

test('no other function is there or may do more', () => {
  const without = [...functionsOf(passing).keys()];
  expect([...functionsOf(handing).keys()].toSorted()).toEqual([...without, ...Object.keys(added)].toSorted());
  for (const name of without.filter((each) => more[each] === undefined))
    expect(allowedTo(handing, name)).toEqual(allowedTo(passing, name));
});

const told = ['hello', 'send', 'upload', 'download', 'carry-out-erasures'];

test.each(told)('%s is told for how long media is handed over, 0 where it is not', (name) => {
  const seconds = [handing, passing, stored].map(
    (each) => functionsOf(each).get(name)?.environment['HANDOVER_SECONDS'],
  );
  expect(seconds).toEqual(['300', '0', '0']);
});
