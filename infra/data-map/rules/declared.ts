import { holders, isWiring } from '../resource-types.ts';
import { holdersOf } from '../system.ts';
import type { Rule } from './violation.ts';

/** Whatever could hold personal data says what it holds. */
export const everyStoreIsDeclared: Rule = (system) =>
  holdersOf(system)
    .filter(({ declaration }) => declaration === undefined)
    .map((resource) => ({
      rule: 'undeclared-store',
      resource,
      fault: 'is not on the data map, or not in full',
      fix: 'call declare(construct, { name, kinds, purpose, deletion }) of infra/data-map/declare.ts where it is made',
    }));

export const everyTypeIsKnown: Rule = ({ resources }) =>
  resources
    .filter(({ type }) => holders[type] === undefined && !isWiring(type))
    .map((resource) => ({
      rule: 'unknown-type',
      resource,
      fault: `is of a type, ${resource.type}, of which the data map does not know whether it holds data`,
      fix: 'list the type in infra/data-map/resource-types.ts: among the holders if anything of a person can be in it, else as wiring',
    }));

export const namesAreUnique: Rule = (system) => {
  const named = holdersOf(system).filter(({ declaration }) => declaration !== undefined);
  return named
    .filter(
      ({ declaration }, at) => named.findIndex((one) => one.declaration?.name === declaration?.name) < at,
    )
    .map((resource) => ({
      rule: 'ambiguous-name',
      resource,
      fault: `has a name on the data map, ${resource.declaration?.name}, that another store has`,
      fix: 'declare it under a name of its own',
    }));
};
