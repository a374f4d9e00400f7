import type { LocalFunction } from '../model/model.ts';

/** Text that stands for a service on AWS, and what stands for it on this machine. */
export type Rewrite = { readonly from: string; readonly to: string };

const rewriteText = (text: string, rewrites: readonly Rewrite[]): string =>
  rewrites.reduce((result, { from, to }) => result.replaceAll(from, to), text);

/** Gives every function the addresses of this machine in place of the ones on AWS. */
export const rewriteEnvironment = (
  functions: readonly LocalFunction[],
  rewrites: readonly Rewrite[],
): readonly LocalFunction[] =>
  functions.map((fn) => ({
    ...fn,
    environment: Object.fromEntries(
      Object.entries(fn.environment).map(([name, value]) => [name, rewriteText(value, rewrites)]),
    ),
  }));

/** The value of a variable, wherever a function of the system has it. */
export const environmentValue = (functions: readonly LocalFunction[], name: string): string | undefined =>
  functions.map(({ environment }) => environment[name]).find((value) => value !== undefined && value !== '');
