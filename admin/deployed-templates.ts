import {
  CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { StackTemplate } from '../infra/data-map/system.ts';
import { StartupError } from '../infra/local/process/startup-error.ts';

/** The template that CloudFormation deployed last for a stack, and those of the stacks that it imports from. */
export async function deployedTemplates(stackName: string): Promise<readonly StackTemplate[]> {
  const client = new CloudFormationClient({});
  const region = await client.config.region().catch(() => {
    throw new StartupError(
      '--stack needs AWS credentials and a region, e.g. from AWS_PROFILE and AWS_REGION',
    );
  });
  const templates = new Map<string, string>();
  const waiting = [stackName];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const body = await templateOf(client, name);
    templates.set(name, body);
    waiting.push(...importedBy(body).filter((each) => !templates.has(each)));
  }
  client.destroy();
  return [...templates].map(([name, body]) => ({ stackName: name, region, template: JSON.parse(body) }));
}

async function templateOf(client: CloudFormationClient, stackName: string): Promise<string> {
  try {
    const { TemplateBody = '{}' } = await client.send(new GetTemplateCommand({ StackName: stackName }));
    return TemplateBody;
  } catch (error) {
    if (error instanceof CloudFormationServiceException && error.$metadata.httpStatusCode !== undefined)
      throw new StartupError(`stack ${stackName}: ${error.name}: ${error.message}`);
    throw new StartupError(
      `stack ${stackName}: CloudFormation cannot be asked: look at credentials and region`,
    );
  }
}

/** The CDK names an export after the stack that makes it: `Lapse-Data:ExportsOutput…`. */
function importedBy(body: string): readonly string[] {
  const names = [...body.matchAll(/"Fn::ImportValue":\s*"([^":]+):/g)].flatMap(([, name]) => name ?? []);
  return [...new Set(names)];
}
