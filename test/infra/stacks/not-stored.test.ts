import { functionsOf } from '../support/functions.ts';
import { type Templates, templates } from '../support/templates.ts';

/** Every kind of resource that could keep what passes through it; a type that is not known to be harmless counts. */
const harmless = [
  /^AWS::ApiGatewayV2::/,
  /^AWS::Cognito::/,
  /^AWS::Events::Rule$/,
  /^AWS::IAM::/,
  /^AWS::Lambda::(Function|Permission)$/,
  // They attach a policy to what is listed itself.
  /^AWS::(SQS::Queue|S3::Bucket)Policy$/,
];

const withoutHash = (logicalId: string) => logicalId.replace(/[0-9A-F]{8}$/, '');

function keepersOf({ data, chat }: Templates): readonly string[] {
  return [data, chat]
    .flatMap((template) => Object.entries<{ Type: string }>(template.toJSON()['Resources']))
    .filter(([, { Type }]) => !harmless.some((type) => type.test(Type)))
    .map(([id, { Type }]) => `${Type} ${withoutHash(id)}`)
    .filter((each) => !each.startsWith('AWS::Logs::LogGroup'))
    .toSorted();
}

const table = (name: string) => `AWS::DynamoDB::Table ${name}Table`;
const always = [
  ...['Connections', 'Consents', 'Conversations', 'Live', 'Personal', 'Privacy', 'RateLimits', 'Sends'].map(
    table,
  ),
  'AWS::S3::Bucket ExportFilesBucket',
  'AWS::SQS::Queue ExportsQueue',
  'AWS::SQS::Queue ExportsDeadLetters',
  'AWS::Lambda::EventSourceMapping WriteExportFunctionWork',
];
/** Ids alone, whatever is stored. */
const ofWork = [
  'AWS::SQS::Queue ErasuresQueue',
  'AWS::SQS::Queue ErasuresDeadLetters',
  'AWS::Lambda::EventSourceMapping CarryOutErasuresFunctionWork',
  'AWS::SQS::Queue HoldWorkQueue',
  'AWS::SQS::Queue HoldWorkDeadLetters',
  'AWS::Lambda::EventSourceMapping ApplyHoldsFunctionWork',
];
const ofMessages = [
  table('Messages'),
  table('Changes'),
  table('Uploads'),
  table('Reports'),
  'AWS::S3::Bucket ReportedMediaBucket',
  'AWS::S3::Bucket MediaBucket',
  'AWS::SQS::Queue RetriesQueue',
  'AWS::SQS::Queue RetriesDeadLetters',
  'AWS::Lambda::EventSourceMapping RetryPushFunctionRetries',
  'AWS::SQS::Queue RoomWorkQueue',
  'AWS::SQS::Queue RoomWorkDeadLetters',
  'AWS::Lambda::EventSourceMapping DeliverRoomFunctionWork',
];
const ofProfiles = [table('Profiles')];

const combinations = [true, false].flatMap((messages) =>
  [true, false].map((profiles) => ({ messages, profiles })),
);

describe.each(combinations)('messages stored: $messages, profiles stored: $profiles', (stored) => {
  const stacks = templates({
    messages: { store: stored.messages },
    profiles: { store: stored.profiles },
    sensitiveData: 'block',
  });

  test('what could keep anything is exactly this', () => {
    const expected = [
      ...always,
      ...ofWork,
      ...(stored.messages ? ofMessages : []),
      ...(stored.profiles ? ofProfiles : []),
    ];
    expect(keepersOf(stacks)).toEqual(expected.toSorted());
  });

  test('no table has a stream, a replica or a backup', () => {
    for (const each of Object.values(stacks.data.findResources('AWS::DynamoDB::Table'))) {
      const { Properties } = each;
      for (const name of ['StreamSpecification', 'KinesisStreamSpecification', 'Replicas'])
        expect(Properties).not.toHaveProperty(name);
      expect(Properties).not.toHaveProperty('PointInTimeRecoverySpecification');
    }
  });

  test('no function is told of a store that is not there', () => {
    const names = [...functionsOf(stacks).values()].flatMap(({ environment }) => Object.keys(environment));
    expect(names.includes('MESSAGE_TABLE')).toBe(stored.messages);
    expect(names.includes('RETRY_QUEUE_URL')).toBe(stored.messages);
    expect(names.includes('PROFILE_TABLE')).toBe(stored.profiles);
  });

  test('each function that asks is told what is stored', () => {
    const functions = functionsOf(stacks);
    const flag = (name: string, key: string) => functions.get(name)?.environment[key];
    for (const name of ['hello', 'send', 'history', 'search'])
      expect(flag(name, 'MESSAGES_STORED')).toBe(`${stored.messages}`);
    for (const name of ['authorize', 'hello', 'profile'])
      expect(flag(name, 'PROFILES_STORED')).toBe(`${stored.profiles}`);
  });
});
