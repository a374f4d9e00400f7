import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { parseConfiguration } from '../../infra/configuration/parse-configuration.ts';
import { lapse } from '../../infra/lapse.ts';
import { templates } from './support/templates.ts';

function stacks(stage?: string) {
  const app = new App({ analyticsReporting: false, builtinCloudFormationValidation: false });
  const configuration = parseConfiguration('test', { alarms: {}, ...(stage !== undefined && { stage }) });
  return lapse(app, { configuration, region: 'ap-northeast-2', code: () => Code.fromInline('0') });
}

test('without a stage the stacks are called as ever', () => {
  const { data, chat } = stacks();
  expect([data.stackName, chat.stackName]).toEqual(['Lapse-Data', 'Lapse-Chat']);
});

test('a stage stands in the names of the stacks', () => {
  const { data, chat } = stacks('dev');
  expect([data.stackName, chat.stackName]).toEqual(['Lapse-dev-Data', 'Lapse-dev-Chat']);
});

/** Every name that the account has one namespace for. */
function ownNames(stage?: string): readonly string[] {
  const { chat, data } = stacks(stage);
  return [chat, data].flatMap((stack) =>
    Object.values<{ Type: string; Properties: Record<string, unknown> }>(
      Template.fromStack(stack).toJSON()['Resources'],
    )
      // An authorizer's name is its API's affair.
      .filter(({ Type }) => Type !== 'AWS::ApiGatewayV2::Authorizer')
      .flatMap(({ Properties = {} }) =>
        [
          'FunctionName',
          'TableName',
          'BucketName',
          'QueueName',
          'TopicName',
          'AlarmName',
          'DashboardName',
          'Name',
        ]
          .map((key) => Properties[key])
          .filter((name) => typeof name === 'string'),
      ),
  );
}

test('no two stages of one account have a name in common', () => {
  const names = [undefined, 'dev', 'chat', 'data', 'prod'].map(ownNames);
  const all = names.flat().map((name) => name.toLowerCase());
  expect(names.every((each) => each.length > 10)).toBe(true);
  expect(new Set(all).size).toBe(all.length);
});

test('the longest stage fits into every name of a function', () => {
  for (const name of ownNames('twelveletter')) expect(name.length).toBeLessThanOrEqual(64);
});

test('metrics, tags and names of one stage are not those of another', () => {
  const { chat } = templates({ stage: 'dev' });
  const text = JSON.stringify(chat.toJSON());
  expect(text).toContain('"METRIC_NAMESPACE":"Lapse/dev"');
  expect(text).toContain('{"Key":"lapse:stage","Value":"dev"}');
  expect(JSON.stringify(templates().chat.toJSON())).toContain('"METRIC_NAMESPACE":"Lapse"');
});
