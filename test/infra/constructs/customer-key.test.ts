import { Match } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { templates } from '../support/templates.ts';

const { data, chat } = templates({ encryption: 'customer' });

const reference = { 'Fn::GetAtt': [Match.stringLikeRegexp('^CustomerKey'), 'Arn'] };

const encrypted = {
  'AWS::DynamoDB::Table': {
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: reference },
  },
  'AWS::SQS::Queue': { KmsMasterKeyId: reference, SqsManagedSseEnabled: Match.absent() },
  'AWS::S3::Bucket': {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: reference },
        },
      ],
    },
  },
};

test.each(Object.entries(encrypted))('every %s lies under the key', (type, properties) => {
  data.allResourcesProperties(type, properties);
});

test('every log lies under the key of its stack, and so do the settings of functions', () => {
  chat.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: reference });
  chat.allResourcesProperties('AWS::Lambda::Function', { KmsKeyArn: reference });
});

test.each([data, chat])('there is one key a stack, it rotates, and stays when the stack goes', (template) => {
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.allResources('AWS::KMS::Key', {
    Properties: Match.objectLike({ EnableKeyRotation: true }),
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

const document = z.object({
  Properties: z.object({
    PolicyDocument: z.object({
      Statement: z.array(
        z.object({
          Action: z.union([z.string(), z.array(z.string())]),
          Condition: z.unknown().optional(),
        }),
      ),
    }),
  }),
});

const keyStatements = (functionId: string) =>
  Object.entries(chat.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(`${functionId}Role`))
    .flatMap(([, policy]) => document.parse(policy).Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')))
    .map(({ Action, Condition }) => ({ actions: [Action].flat(), through: JSON.stringify(Condition) }));

test('a function uses the key only through the service that it may use', () => {
  const statements = keyStatements('History');
  for (const { through } of statements) {
    expect(through).toContain('"kms:ViaService"');
    expect(through).toContain('dynamodb.ap-northeast-2.');
  }
  // What a person asks for is counted, which is a write; it is one key, and what is allowed with it is in one statement.
  expect(statements.map(({ actions }) => actions.includes('kms:GenerateDataKey'))).toEqual([true]);
});

test('who only reads may not encrypt', () => {
  expect(keyStatements('Authorize').map(({ actions }) => actions)).toEqual([
    ['kms:Decrypt', 'kms:DescribeKey'],
  ]);
});

test('who writes may encrypt, through tables and queues apart', () => {
  const services = keyStatements('Send').map(({ actions, through }) => [
    actions.includes('kms:GenerateDataKey'),
    through.includes('dynamodb.') ? 'dynamodb' : through.includes('sqs.') ? 'sqs' : through,
  ]);
  expect(services).toEqual(
    expect.arrayContaining([
      [true, 'dynamodb'],
      [true, 'sqs'],
    ]),
  );
});

test('who only counts what is asked for has the key for that table and nothing else', () => {
  const [only, ...others] = keyStatements('Ping');
  expect(others).toEqual([]);
  expect(only?.through).toContain('dynamodb.ap-northeast-2.');
});

test.each(['data', 'chat'] as const)('by default there is no key in %s: nothing to pay', (name) => {
  templates()[name].resourceCountIs('AWS::KMS::Key', 0);
});
