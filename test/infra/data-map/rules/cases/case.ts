import type { CfnResource, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { IConstruct } from 'constructs';
import type { Declaration } from '../../../../../infra/data-map/declaration.ts';
import { declare } from '../../../../../infra/data-map/declare.ts';
import type { Lapse } from '../../../../../infra/lapse.ts';

export const partitionKey = { name: 'id', type: AttributeType.STRING };

export const declared = (kinds: Declaration['kinds'], name: string): Declaration => ({
  name,
  kinds,
  purpose: 'a test',
  deletion: 'by the test',
});

/** Adds something and says what it holds. */
export function add<Added extends IConstruct>(
  added: Added,
  kinds: Declaration['kinds'] = ['ids'],
  name: string = added.node.id,
): Added {
  declare(added, declared(kinds, name));
  return added;
}

/** The resources of a stack that are of that class, as `node.findAll` finds them. */
export function first<Kind extends CfnResource>(
  stack: Stack,
  kind: abstract new (...args: never[]) => Kind,
  path = '',
): Kind {
  const found = stack.node.findAll().find((each) => each instanceof kind && each.node.path.includes(path));
  if (found instanceof kind) return found;
  throw new Error(`no ${kind.name} ${path}`);
}

/** A complaint names what the case added as `Added`. */
export type RuleCase = readonly [
  what: string,
  mutate: (stacks: Lapse, id: string) => unknown,
  complaint: RegExp,
];
