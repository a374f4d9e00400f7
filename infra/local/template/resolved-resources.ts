import { StartupError } from '../process/startup-error.ts';
import type { Assembly, AssemblyStack } from './assembly.ts';
import { isIgnored, isServed } from './ignored-types.ts';
import { type Lookup, resolveIntrinsics } from './intrinsics.ts';
import { type PhysicalId, type Place, physicalId } from './physical-ids.ts';

/** One resource of any stack with every intrinsic resolved. */
export type ResolvedResource = {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

type StackLookup = Lookup & { readonly idOf: (logicalId: string) => PhysicalId };

const lookupOf = (
  stack: AssemblyStack,
  place: Place,
  importValue: (name: string) => unknown,
): StackLookup => {
  const ids = new Map<string, PhysicalId>();
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': place.region,
    'AWS::AccountId': place.accountId,
    'AWS::URLSuffix': place.urlSuffix,
    'AWS::Partition': place.partition,
    'AWS::StackName': stack.stackName,
    'AWS::StackId': `arn:${place.partition}:cloudformation:${place.region}:${place.accountId}:stack/${stack.stackName}/local`,
  };
  const idOf = (logicalId: string): PhysicalId => {
    const known = ids.get(logicalId);
    if (known !== undefined) return known;
    const resource = stack.template.Resources?.[logicalId];
    if (resource === undefined)
      throw new StartupError(`template ${stack.stackName}: nothing is called ${logicalId}`);
    const made = physicalId(place, stack.stackName, logicalId, resource, (name) =>
      resolveIntrinsics(resource.Properties?.[name], lookup),
    );
    ids.set(logicalId, made);
    return made;
  };
  const lookup: StackLookup = {
    idOf,
    importValue,
    ref: (name) => pseudo[name] ?? stack.template.Parameters?.[name]?.Default ?? idOf(name).ref,
    attribute: (logicalId, attribute) => {
      const value = idOf(logicalId).attributes[attribute];
      if (value === undefined) {
        const type = stack.template.Resources?.[logicalId]?.Type;
        throw new StartupError(
          `template ${stack.stackName}: the local runtime does not know ${type}.${attribute}`,
        );
      }
      return value;
    },
  };
  return lookup;
};

/** Resolves all stacks together, since one imports what another exports. */
export function resolveResources(assembly: Assembly, place: Place): readonly ResolvedResource[] {
  const exported = new Map<string, () => unknown>();
  const importValue = (name: string): unknown => {
    const value = exported.get(name);
    if (value === undefined) throw new StartupError(`template: no stack exports ${name}`);
    return value();
  };
  const stacks = assembly.stacks.map((stack) => ({ stack, lookup: lookupOf(stack, place, importValue) }));
  for (const { stack, lookup } of stacks) {
    for (const output of Object.values(stack.template.Outputs ?? {})) {
      const name = resolveIntrinsics(output.Export?.Name, lookup);
      if (typeof name === 'string') exported.set(name, () => resolveIntrinsics(output.Value, lookup));
    }
  }
  return stacks.flatMap(({ stack, lookup }) =>
    Object.entries(stack.template.Resources ?? {})
      .filter(([logicalId, resource]) => serves(stack.stackName, logicalId, resource.Type))
      .map(([logicalId, resource]) => ({
        stackName: stack.stackName,
        logicalId,
        type: resource.Type,
        ref: lookup.idOf(logicalId).ref,
        properties: resolveProperties(resource.Properties, lookup),
      })),
  );
}

const resolveProperties = (properties: Record<string, unknown> | undefined, lookup: Lookup) =>
  Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, value]) => [name, resolveIntrinsics(value, lookup)]),
  );

const serves = (stackName: string, logicalId: string, type: string): boolean => {
  if (isServed(type)) return true;
  if (isIgnored(type)) return false;
  throw new StartupError(
    `template ${stackName}: the local runtime does not serve ${type} (${logicalId}); teach it in infra/local/template or list the type as ignored there`,
  );
};
