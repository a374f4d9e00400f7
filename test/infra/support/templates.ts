import { App, NestedStack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { parseConfiguration } from '../../../infra/configuration/parse-configuration.ts';
import { type Lapse, lapse } from '../../../infra/lapse.ts';

export type Templates = {
  readonly data: Template;
  readonly chat: Template;
  /** Where the alarms are: in the chat's own, unless each resource is watched. */
  readonly watched: Template;
};

const synthesized = new Map<string, Templates>();

/** Both stacks for an operator's configuration, with a fake bundle; each configuration is synthesized once. */
export function templates(input: unknown = {}, region = 'ap-northeast-2'): Templates {
  const key = JSON.stringify([input, region]);
  const known = synthesized.get(key) ?? synthesize(input, region);
  synthesized.set(key, known);
  return known;
}

function synthesize(input: unknown, region: string): Templates {
  const { data, chat } = application(input, region).stacks;
  const nested = chat.node.findAll().find((each) => each instanceof NestedStack);
  const template = Template.fromStack(chat);
  return {
    data: Template.fromStack(data),
    chat: template,
    watched: nested !== undefined ? Template.fromStack(nested) : template,
  };
}

/** The app before it is synthesized. */
export function application(input: unknown = {}, region = 'ap-northeast-2'): { app: App; stacks: Lapse } {
  const app = new App({
    analyticsReporting: false,
    stackTraces: false,
    builtinCloudFormationValidation: false,
    // As cdk.json has it: without, the longest policies of a deployment would be other ones.
    context: { '@aws-cdk/aws-iam:minimizePolicies': true },
  });
  const configuration = parseConfiguration('test', input);
  const stacks = lapse(app, {
    configuration,
    region,
    code: () => Code.fromInline('export const handler = 0'),
  });
  return { app, stacks };
}
