import { Match } from 'aws-cdk-lib/assertions';
import { templates } from '../support/templates.ts';

const { data } = templates();
const passing = templates({ messages: { store: false } }).data;

const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });
const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const number = (AttributeName: string) => ({ AttributeName, AttributeType: 'N' });

const tables = {
  Conversations: {
    key: [hash('conversationId'), range('entry')],
    types: [
      ...[string('conversationId'), string('entry')],
      ...[string('purgeShard'), number('nextPurgeAt'), number('purgeFrom'), string('userId')],
    ],
  },
  Connections: {
    key: [hash('userId')],
    types: [string('userId'), string('expiryIndex'), number('nextExpiry')],
  },
  Live: { key: [hash('place'), range('entry')], types: [string('place'), string('entry')] },
  Personal: { key: [hash('userId'), range('entry')], types: [string('userId'), string('entry')] },
  RateLimits: { key: [hash('userId'), range('limit')], types: [string('userId'), string('limit')] },
  Consents: { key: [hash('userId'), range('entry')], types: [string('userId'), number('entry')] },
  Sends: { key: [hash('userId'), range('sendKey')], types: [string('userId'), string('sendKey')] },
  Profiles: { key: [hash('userId')], types: [string('userId'), string('sweepShard'), number('sweepFrom')] },
  Privacy: { key: [hash('record'), range('at')], types: [string('record'), string('at')] },
  Uploads: {
    key: [hash('mediaId')],
    types: [
      string('mediaId'),
      string('sweepIndex'),
      number('sweepAt'),
      string('uploader'),
      number('createdAt'),
    ],
  },
  Reports: {
    key: [hash('reportId'), range('entry')],
    types: [string('reportId'), string('entry'), string('state'), number('at')],
  },
  Messages: { key: [hash('conversationId'), range('seq')], types: [string('conversationId'), number('seq')] },
  Changes: { key: [hash('conversationId'), range('rev')], types: [string('conversationId'), number('rev')] },
};

function tableOf(name: string) {
  const found = Object.entries(data.findResources('AWS::DynamoDB::Table')).find(([id]) =>
    id.startsWith(`${name}Table`),
  );
  return found?.[1] ?? {};
}

test('the tables are these and no other', () => {
  data.resourceCountIs('AWS::DynamoDB::Table', Object.keys(tables).length);
});

test.each(Object.entries(tables))('%s has its key', (name, { key }) => {
  expect(tableOf(name)).toHaveProperty('Properties.KeySchema', key);
});

test.each(Object.entries(tables))('%s names the types of its keys', (name, { types }) => {
  expect(tableOf(name)).toHaveProperty('Properties.AttributeDefinitions', types);
});

test.each([
  'Messages',
  'Uploads',
  'Profiles',
  'Sends',
  'Connections',
  'Live',
  'Personal',
  'RateLimits',
  'Consents',
  'Privacy',
])('%s expire at expiresAt', (name) => {
  const expected = { AttributeName: 'expiresAt', Enabled: true };
  expect(tableOf(name)).toHaveProperty('Properties.TimeToLiveSpecification', expected);
});

test('of conversations only those rows end by themselves that say so: who has come has none', () => {
  expect(tableOf('Conversations')).toHaveProperty('Properties.TimeToLiveSpecification', {
    AttributeName: 'expiresAt',
    Enabled: true,
  });
});

test('conversations are found by user, and by what of them has expired', () => {
  expect(tableOf('Conversations')).toHaveProperty('Properties.GlobalSecondaryIndexes', [
    {
      IndexName: 'byNextPurge',
      KeySchema: [hash('purgeShard'), range('nextPurgeAt')],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'byPurgeFrom',
      KeySchema: [hash('purgeShard'), range('purgeFrom')],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    // Nothing that a member does there is written to it.
    {
      IndexName: 'byMember',
      KeySchema: [hash('userId'), range('conversationId')],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ]);
});

test('connections are found by the end of their token', () => {
  expect(tableOf('Connections')).toHaveProperty('Properties.GlobalSecondaryIndexes', [
    {
      IndexName: 'byExpiry',
      KeySchema: [hash('expiryIndex'), range('nextExpiry')],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ]);
});

test('uploads are found by the time to look whether anybody has sent them, and until then by who uploaded', () => {
  expect(tableOf('Uploads')).toHaveProperty('Properties.GlobalSecondaryIndexes', [
    {
      IndexName: 'bySweep',
      KeySchema: [hash('sweepIndex'), range('sweepAt')],
      Projection: { ProjectionType: 'ALL' },
    },
    {
      IndexName: 'byUploader',
      KeySchema: [hash('uploader'), range('createdAt')],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ]);
});

describe.each(Object.keys(tables))('%s', (name) => {
  test('is protected from deletion', () => {
    expect(tableOf(name)).toHaveProperty('Properties.DeletionProtectionEnabled', true);
  });

  test('stays when the stack goes', () => {
    expect(tableOf(name)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('is paid by request', () => {
    expect(tableOf(name)).toHaveProperty('Properties.BillingMode', 'PAY_PER_REQUEST');
  });

  test.each([
    'PointInTimeRecoverySpecification',
    'StreamSpecification',
    'KinesisStreamSpecification',
    'Replicas',
    'TableName',
  ])('has no %s', (property) => {
    expect(tableOf(name)).not.toHaveProperty(`Properties.${property}`);
  });
});

test.each(['AWS::DynamoDB::GlobalTable', 'AWS::Backup::BackupPlan', 'AWS::KMS::Key'])(
  'there is no %s',
  (type) => {
    data.resourceCountIs(type, 0);
  },
);

const bucketOf = (name: string) => {
  const found = Object.entries(data.findResources('AWS::S3::Bucket')).find(([id]) => id.startsWith(name));
  return found?.[1] ?? {};
};

test('the buckets are these and no other', () => {
  data.resourceCountIs('AWS::S3::Bucket', 3);
  data.resourceCountIs('AWS::S3::BucketPolicy', 3);
});

describe.each(['Media', 'ExportFiles', 'ReportedMedia'])('the bucket %s', (name) => {
  test('is closed to the public', () => {
    expect(bucketOf(name)).toHaveProperty('Properties.PublicAccessBlockConfiguration', {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  });

  test('is encrypted', () => {
    expect(bucketOf(name)).toHaveProperty('Properties.BucketEncryption.ServerSideEncryptionConfiguration', [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
  });

  test.each(['VersioningConfiguration', 'ReplicationConfiguration', 'ObjectLockEnabled', 'BucketName'])(
    'has no %s',
    (property) => {
      expect(bucketOf(name)).not.toHaveProperty(`Properties.${property}`);
    },
  );

  test('stays when the stack goes', () => {
    expect(bucketOf(name)).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

test('buckets refuse what does not come by TLS', () => {
  data.allResourcesProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Effect: 'Deny',
          Action: 's3:*',
          Principal: { AWS: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    },
  });
});

const expiringAfter = (days: number) => ({
  Rules: [
    {
      Status: 'Enabled',
      ExpirationInDays: days,
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    },
  ],
});

test.each([
  ['7d', 7],
  ['36h', 2],
  ['45s', 1],
])('with a retention of %s the bucket of media expires objects after %i days', (retention, days) => {
  templates({ messages: { retention } }).data.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: {
      Rules: [
        {
          Id: 'media',
          Status: 'Enabled',
          TagFilters: [{ Key: 'lapse', Value: 'timed' }],
          ExpirationInDays: days,
        },
        {
          Id: 'incoming',
          Status: 'Enabled',
          Prefix: 'incoming/',
          ExpirationInDays: 1,
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    },
  });
});

test('a listed page may put and get by an address that is signed, with the headers that are signed', () => {
  const origins = ['https://chat.example'];
  templates({ origins }).data.hasResourceProperties('AWS::S3::Bucket', {
    CorsConfiguration: {
      CorsRules: [
        {
          AllowedOrigins: origins,
          AllowedMethods: ['PUT', 'GET'],
          AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-checksum-sha256', 'range'],
          MaxAge: 3_600,
        },
      ],
    },
  });
});

test('where pages are listed that may connect, no other may put or get', () => {
  const origins = ['https://chat.example', 'https://app.example'];
  for (const messages of [{}, { store: false, handover: '5m' }])
    templates({ origins, messages }).data.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: { CorsRules: [Match.objectLike({ AllowedOrigins: origins })] },
    });
});

test('where no pages are listed, none may put or get', () => {
  for (const messages of [{}, { store: false, handover: '5m' }])
    expect(JSON.stringify(templates({ messages }).data.toJSON())).not.toContain('CorsRules');
});

test('no page may reach the bucket of exports but by following a link', () => {
  expect(bucketOf('ExportFiles')).not.toHaveProperty('Properties.CorsConfiguration');
});

test('the bucket of exports expires what was left in it after a day', () => {
  expect(bucketOf('ExportFiles')).toHaveProperty('Properties.LifecycleConfiguration', expiringAfter(1));
});

test('queues are encrypted', () => {
  data.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
});

test('queues refuse what does not come by TLS', () => {
  data.resourceCountIs('AWS::SQS::Queue', 10);
  data.resourceCountIs('AWS::SQS::QueuePolicy', 10);
  data.allResourcesProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ],
    },
  });
});

test('a push is a dead letter after five attempts', () => {
  data.hasResourceProperties('AWS::SQS::Queue', {
    RedrivePolicy: {
      deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RetriesDeadLetters'), 'Arn'] },
      maxReceiveCount: 5,
    },
  });
});

test('where messages are not stored there is no table for them', () => {
  expect(
    Object.keys(passing.findResources('AWS::DynamoDB::Table')).filter((id) =>
      /^(Messages|Uploads|Reports)/.test(id),
    ),
  ).toEqual([]);
  passing.resourceCountIs('AWS::DynamoDB::Table', Object.keys(tables).length - 4);
});

test('where messages are not stored the only bucket is that of exports, and no queue but those of work on ids', () => {
  const others = (type: string) =>
    Object.keys(passing.findResources(type)).filter((id) => !/^(HoldWork|Erasures|Export)/.test(id));
  expect([...others('AWS::S3::Bucket'), ...others('AWS::SQS::Queue')]).toEqual([]);
});

test('work on holds that fails is handed out again when no invocation can still be at it', () => {
  data.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 720,
    RedrivePolicy: {
      deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^HoldWorkDeadLetters'), 'Arn'] },
      maxReceiveCount: 5,
    },
  });
});

test('without an issuer there is a user pool that neither a deletion nor a lost stack takes away', () => {
  data.hasResource('AWS::Cognito::UserPool', {
    Properties: { DeletionProtection: 'ACTIVE', AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    DeletionPolicy: 'Retain',
  });
});

test('users of the pool may add an authenticator app, and nothing that needs a telephone', () => {
  data.hasResourceProperties('AWS::Cognito::UserPool', {
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    SmsConfiguration: Match.absent(),
  });
});

test('the user pool asks for no address and no telephone number', () => {
  data.hasResourceProperties('AWS::Cognito::UserPool', {
    Schema: Match.absent(),
    UsernameAttributes: Match.absent(),
    AutoVerifiedAttributes: Match.absent(),
  });
});

test('the client of the user pool has no secret and no OAuth flow', () => {
  data.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    GenerateSecret: Match.absent(),
    AllowedOAuthFlowsUserPoolClient: false,
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
});

test.each(['AWS::Cognito::UserPool', 'AWS::Cognito::UserPoolClient'])(
  'with an issuer there is no %s',
  (type) => {
    const own = templates({ auth: { issuer: 'https://id.example', audience: 'chat' } });
    own.data.resourceCountIs(type, 0);
  },
);
