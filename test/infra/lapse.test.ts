import { application, templates } from './support/templates.ts';

const { data, chat } = templates();

const taggable = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
];

test.each(taggable)('every %s is tagged', (type) => {
  const found = [data, chat].flatMap((template) => Object.values(template.findResources(type)));
  expect(found).not.toEqual([]);
  for (const { Properties } of found) {
    const tags = JSON.stringify(Properties.Tags ?? Properties.UserPoolTags);
    expect(tags).toContain('lapse:application');
    expect(tags).toContain('lapse:stage');
  }
});

test.each(['AWS::CloudFormation::CustomResource', 'AWS::SecretsManager::Secret', 'AWS::CDK::Metadata'])(
  'there is no %s',
  (type) => {
    data.resourceCountIs(type, 0);
    chat.resourceCountIs(type, 0);
  },
);

test('each stack says what it is, and the one that holds data is not deleted by accident', () => {
  const { stacks } = application();
  expect([data, chat].map((template) => template.toJSON()['Description'])).toEqual([
    'Lapse: the stores of the chat',
    'Lapse: the WebSocket API and its functions',
  ]);
  expect([stacks.data.terminationProtection, stacks.chat.terminationProtection]).toEqual([true, false]);
});
