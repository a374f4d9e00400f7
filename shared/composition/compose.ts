import type { Environment } from '../runtime/environment.ts';
import { readEnvironment } from '../runtime/read-environment.ts';

/** How one dependency of a use case is made from what the function is told. Only what is composed is made. */
export type Part<Made> = (environment: Environment) => Made;

type Parts = Readonly<Record<string, Part<unknown>>>;

/** What the parts make, under the same keys. */
export type Composed<These extends Parts> = {
  readonly [Key in keyof These]: ReturnType<These[Key]>;
};

/**
 * Makes each part. Called while the module is loaded, so that a function whose environment is not right fails at its
 * cold start and not at its first event; the error names every variable that the parts ask for and do not get.
 */
export function compose<These extends Parts>(parts: These): Composed<These> {
  const problems = new Set<string>();
  const environment = readEnvironment((problem) => problems.add(problem));
  const made = Object.entries(parts).map(([key, part]) => {
    try {
      return [key, part(environment)];
    } catch (error) {
      // It may well stumble over what is missing; the others are still asked for what they need.
      if (problems.size === 0) throw error;
      return [key, undefined];
    }
  });
  if (problems.size > 0) throw new Error(`invalid environment: ${[...problems].join('; ')}`);
  return Object.fromEntries(made);
}

/** What several factories make of one room, as one store. */
export const merged =
  <One, Other>(one: Part<One>, other: Part<Other>): Part<One & Other> =>
  (environment) => ({ ...one(environment), ...other(environment) });

/** Several parts as one, for what there is only together. */
export const together =
  <These extends Parts>(parts: These): Part<Composed<These>> =>
  (environment) =>
    Object.fromEntries(
      Object.entries(parts).map(([key, part]) => [key, part(environment)]),
    ) as Composed<These>;
