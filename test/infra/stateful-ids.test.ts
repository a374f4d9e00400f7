import { type Templates, templates } from './support/templates.ts';

/**
 * What holds data, by the id that CloudFormation knows it by. Another id is another resource: the next deployment makes
 * an empty one and leaves the old one, with everything in it, to nobody. So none of these changes, whatever is renamed
 * or moved in the code; a new store is added here, and the end of one is a migration.
 */
const always = [
  'ConnectionsTable916FDB22',
  'ConsentsTableAFDBC2D1',
  'ConversationsTable05F75AD7',
  'ErasuresDeadLetters96DF526B',
  'ErasuresQueueAA2077AC',
  'ExportFilesBucket8C0C8A83',
  'ExportsDeadLetters8EDE8BF5',
  'ExportsQueue3BC6B04F',
  'HoldWorkDeadLetters7E3C24B0',
  'HoldWorkQueue2D6210D9',
  'PrivacyTable176D8D68',
  'LiveTable5E195196',
  'PersonalTable5E8B86F4',
  'RateLimitsTable29A563C1',
  'SendsTable3CEFC97A',
];
const ofMessages = [
  'ChangesTable043BDF85',
  'MediaBucket4022EBBF',
  'MessagesTable9E4E97A0',
  'ReportedMediaBucketD3B1136A',
  'ReportsTable5E17AF2D',
  'RetriesDeadLettersD73FC46D',
  'RetriesQueueB70A8B12',
  'RoomWorkDeadLetters30CF08FF',
  'RoomWorkQueueBF72867F',
  'UploadsTable96857CE8',
];
const ofHandover = ['HandoverBucket406E390F', 'HandoverUploadsTable52DD31EC', 'HandoversTableB80D0094'];
const ofProfiles = ['ProfilesTable43079065'];
const ofUsers = ['UsersPoolBFC35D3B', 'UsersPoolClient39A19381'];
const ofTheKey = ['CustomerKeyA9FF30A4'];

const holdsData = /^AWS::(DynamoDB::Table|S3::Bucket|SQS::Queue|Cognito::UserPool(Client)?|KMS::Key)$/;

const idsOf = ({ data }: Templates): readonly string[] =>
  Object.entries<{ Type: string }>(data.toJSON()['Resources'])
    .filter(([, { Type }]) => holdsData.test(Type))
    .map(([id]) => id)
    .toSorted();

const own = { auth: { issuer: 'https://id.example', audience: 'chat' }, encryption: 'customer' };
const passing = { messages: { store: false, handover: '5m' }, profiles: { store: false } };

test.each([
  [{}, [...ofMessages, ...ofProfiles, ...ofUsers]],
  [{ stage: 'dev' }, [...ofMessages, ...ofProfiles, ...ofUsers]],
  [{ ...own, ...passing }, [...ofHandover, ...ofTheKey]],
])('what holds data keeps its id: %j', (input, more) => {
  expect(idsOf(templates(input))).toEqual([...always, ...more].toSorted());
});

/** Of a table, a bucket, a queue, a pool or a key: another value, and CloudFormation makes an empty one in its place. */
const replacing = [
  'AliasAttributes',
  'BucketName',
  'FifoQueue',
  'GenerateSecret',
  'ImportSourceSpecification',
  'KeySchema',
  'KeySpec',
  'KeyUsage',
  'MultiRegion',
  'QueueName',
  'TableName',
  'UsernameAttributes',
  'UsernameConfiguration',
  'UserPoolId',
];

type Key = { readonly AttributeName: string };

/** As `id.Property value`; a key schema by the attributes and their types. */
const replacedBy = ({ data }: Templates): readonly string[] =>
  Object.entries<{ Type: string; Properties: Record<string, unknown> }>(data.toJSON()['Resources'])
    .filter(([, { Type }]) => holdsData.test(Type))
    .flatMap(([id, { Properties }]) =>
      replacing
        .filter((property) => property in Properties)
        .map((property) => `${id.slice(0, -8)}.${property} ${shown(property, Properties)}`),
    )
    .toSorted();

const shown = (property: string, properties: Record<string, unknown>): string => {
  if (property !== 'KeySchema') return JSON.stringify(properties[property]);
  const types = properties['AttributeDefinitions'] as (Key & { readonly AttributeType: string })[];
  return (properties['KeySchema'] as Key[])
    .map(
      (key) =>
        `${key.AttributeName}:${types.find(({ AttributeName }) => AttributeName === key.AttributeName)?.AttributeType}`,
    )
    .join(' ');
};

const keysAlways = [
  'ConnectionsTable.KeySchema userId:S',
  'ConsentsTable.KeySchema userId:S entry:N',
  'ConversationsTable.KeySchema conversationId:S entry:S',
  'PrivacyTable.KeySchema record:S at:S',
  'LiveTable.KeySchema place:S entry:S',
  'PersonalTable.KeySchema userId:S entry:S',
  'RateLimitsTable.KeySchema userId:S limit:S',
  'SendsTable.KeySchema userId:S sendKey:S',
];

test.each([
  [
    {},
    [
      'ChangesTable.KeySchema conversationId:S rev:N',
      'MessagesTable.KeySchema conversationId:S seq:N',
      'ProfilesTable.KeySchema userId:S',
      'ReportsTable.KeySchema reportId:S entry:S',
      'UploadsTable.KeySchema mediaId:S',
      'UsersPoolClient.UserPoolId {"Ref":"UsersPoolBFC35D3B"}',
    ],
  ],
  [
    { ...own, ...passing },
    ['HandoverUploadsTable.KeySchema mediaId:S', 'HandoversTable.KeySchema conversationId:S seq:N'],
  ],
])('what holds data is updated in place, never replaced: %j', (input, more) => {
  expect(replacedBy(templates(input))).toEqual([...keysAlways, ...more].toSorted());
});
