import * as z from 'zod';
import { functionsOf } from './functions.ts';
import { mention, textOf } from './references.ts';
import { ofType, read, type System } from './system.ts';

const list = <Item extends z.ZodType>(item: Item) => z.union([z.array(item), item.transform((one) => [one])]);

const document = z.object({
  Statement: list(
    z.object({ Effect: z.enum(['Allow', 'Deny']), Action: list(z.string()), Resource: list(z.unknown()) }),
  ),
});

const policyShape = z.object({ PolicyDocument: document, Roles: z.array(z.unknown()).default([]) });
const roleShape = z.object({ Policies: z.array(z.object({ PolicyDocument: document })).default([]) });

/** One action that a role allows on one resource, which is as `textOf` writes it. */
export type Grant = { readonly by: string; readonly action: string; readonly on: string };

/** Who may do what: from the policies of the template, by the name of the function whose role it is. */
export function grantsOf(system: System): readonly Grant[] {
  const nameOf = new Map(functionsOf(system).map(({ role, name }) => [role, name]));
  const attached = ofType(system, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').flatMap((resource) => {
    const { PolicyDocument, Roles } = read(resource, policyShape);
    return Roles.map((role) => ({
      role: textOf(system, resource.stackName, role),
      stackName: resource.stackName,
      document: PolicyDocument,
    }));
  });
  const inline = ofType(system, 'AWS::IAM::Role').flatMap((resource) =>
    read(resource, roleShape).Policies.map(({ PolicyDocument }) => ({
      role: mention(resource.id),
      stackName: resource.stackName,
      document: PolicyDocument,
    })),
  );
  return [...attached, ...inline].flatMap(({ role, stackName, document: { Statement } }) =>
    Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) =>
      Action.flatMap((action) =>
        Resource.map((on) => ({ by: nameOf.get(role) ?? role, action, on: textOf(system, stackName, on) })),
      ),
    ),
  );
}

export type Access = { readonly by: string; readonly actions: readonly string[] };

/** Sorted, an action once and without the service's prefix. A grant on `*` is one on everything of that service. */
export function accessTo(
  grants: readonly Grant[],
  service: string,
  isMeant: (on: string) => boolean,
): readonly Access[] {
  const actions = new Map<string, Set<string>>();
  for (const { by, action, on } of grants) {
    const [prefix, name = '*'] = action.split(':');
    if ((prefix !== service && prefix !== '*') || (on !== '*' && !isMeant(on))) continue;
    actions.set(by, (actions.get(by) ?? new Set()).add(name));
  }
  return [...actions]
    .map(([by, names]) => ({ by, actions: [...names].toSorted() }))
    .toSorted((one, other) => (one.by < other.by ? -1 : 1));
}
