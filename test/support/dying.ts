import fc from 'fast-check';
import type { Step } from './step.ts';

/** At which effect an invocation ends, and whether that one still comes about. */
export type Death = { readonly at: number; readonly after: boolean };

/** Never resolves again from there on, as a killed invocation does. */
export function dying(death: Death | undefined, step: Step): Step {
  if (death === undefined) return step;
  const { at, after } = death;
  let effects = 0;
  return async (effect) => {
    effects += 1;
    if (effects < at) return step(effect);
    if (effects === at && after) await step(effect);
    return new Promise(() => {});
  };
}

/** Somewhere among so many effects, or never. */
export const deathWithin = (effects: number): fc.Arbitrary<Death | undefined> =>
  fc.option(fc.record({ at: fc.integer({ min: 1, max: effects }), after: fc.boolean() }), { nil: undefined });
