import { environmentVariables } from '../../shared/runtime/environment.ts';
import type { DataKind } from './declaration.ts';
import { functionsOf } from './functions.ts';
import type { System } from './system.ts';

const settings: Readonly<Partial<Record<DataKind, string>>> = {
  message: environmentVariables.messageRetentionSeconds.name,
  profile: environmentVariables.profileRetentionSeconds.name,
};

/** The retention that the functions are told, in seconds: what the operator promised for that kind of data. */
export function promisedRetention(system: System, kinds: readonly DataKind[]): number | undefined {
  const names = kinds.flatMap((kind) => settings[kind] ?? []);
  const told = functionsOf(system).flatMap(({ environment }) => names.map((name) => environment[name]));
  const seconds = told.filter((value) => value !== undefined).map(Number);
  return seconds.length === 0 ? undefined : Math.min(...seconds);
}
