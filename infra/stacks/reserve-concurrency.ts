import { ConfigurationError } from '../configuration/configuration-error.ts';
import type { ChatFunction } from '../constructs/chat-function.ts';

/** Which functions there are depends on the configuration, so that the names are looked at here. */
export function reserveConcurrency(
  functions: readonly ChatFunction[],
  concurrency: Readonly<Record<string, number>>,
): void {
  const byName = new Map(functions.map((fn) => [fn.functionName, fn]));
  const faults = Object.keys(concurrency)
    .filter((name) => !byName.has(name))
    .map((name) => `concurrency.${name}: no such function; allowed: ${[...byName.keys()].join(', ')}`);
  if (faults.length > 0) throw new ConfigurationError(faults);
  for (const [name, instances] of Object.entries(concurrency)) byName.get(name)?.reserve(instances);
}
