import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { type Assembly, type AssemblyStack, readAssembly } from '../../infra/local/template/assembly.ts';
import { type Lookup, resolveIntrinsics } from '../../infra/local/template/intrinsics.ts';
import type { AwsClients } from './aws-clients.ts';
import type { MiniStack } from './ministack/start.ts';
import { resourceArn } from './resource-arn.ts';

export type DeployedResource = {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** Undefined for what the template has and the stack has not. */
  readonly physicalId: string | undefined;
  /** What the template says, with every intrinsic resolved to what was deployed. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly retained: boolean;
};

export type DeployedStacks = {
  readonly resources: readonly DeployedResource[];
};

export async function deployedStacks(
  aws: AwsClients,
  miniStack: Pick<MiniStack, 'region' | 'accountId'>,
  assemblyFolder: string,
): Promise<DeployedStacks> {
  const assembly = readAssembly(assemblyFolder);
  const ids = new Map<string, ReadonlyMap<string, string>>();
  for (const { stackName } of assembly.stacks) ids.set(stackName, await physicalIds(aws, stackName));
  const lookupOf = lookups(assembly, ids, miniStack);
  const resources = assembly.stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {}).map(
      ([logicalId, { Type, Properties, DeletionPolicy }]) => ({
        stackName: stack.stackName,
        logicalId,
        type: Type,
        physicalId: ids.get(stack.stackName)?.get(logicalId),
        properties: Object.fromEntries(
          Object.entries(Properties ?? {}).map(([name, value]) => [
            name,
            resolveIntrinsics(value, lookupOf(stack)),
          ]),
        ),
        retained: DeletionPolicy === 'Retain',
      }),
    ),
  );
  return { resources };
}

async function physicalIds(aws: AwsClients, stackName: string): Promise<ReadonlyMap<string, string>> {
  const { StackResources = [] } = await aws.cloudFormation.send(
    new DescribeStackResourcesCommand({ StackName: stackName }),
  );
  return new Map(
    StackResources.flatMap(({ LogicalResourceId, PhysicalResourceId }) =>
      LogicalResourceId !== undefined && PhysicalResourceId !== undefined
        ? [[LogicalResourceId, PhysicalResourceId] as const]
        : [],
    ),
  );
}

function lookups(
  { stacks }: Assembly,
  ids: ReadonlyMap<string, ReadonlyMap<string, string>>,
  { region, accountId }: Pick<MiniStack, 'region' | 'accountId'>,
): (stack: AssemblyStack) => Lookup {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::AccountId': accountId,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::Partition': 'aws',
  };
  const lookupOf = (stack: AssemblyStack): Lookup => {
    const idOf = (logicalId: string): string => ids.get(stack.stackName)?.get(logicalId) ?? `no ${logicalId}`;
    return {
      // MiniStack writes the API's id before that of its routes and integrations; `Ref` gives the last part.
      ref: (name) =>
        pseudo[name] ??
        (stack.template.Resources?.[name]?.Type.startsWith('AWS::ApiGatewayV2::') === true
          ? idOf(name).split('/').at(-1)
          : idOf(name)),
      attribute: (logicalId, attribute) => {
        const type = stack.template.Resources?.[logicalId]?.Type ?? 'nothing';
        if (attribute === 'Arn') return resourceArn({ region, accountId }, type, idOf(logicalId));
        throw new Error(`test/deploy/deployed-stacks.ts does not know ${type}.${attribute}`);
      },
      importValue,
    };
  };
  const importValue = (exportName: string): unknown => {
    for (const stack of stacks) {
      const output = Object.values(stack.template.Outputs ?? {}).find(
        ({ Export }) => Export?.Name === exportName,
      );
      if (output !== undefined) return resolveIntrinsics(output.Value, lookupOf(stack));
    }
    throw new Error(`no stack exports ${exportName}`);
  };
  return lookupOf;
}
