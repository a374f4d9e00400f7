import type { Stack } from 'aws-cdk-lib';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { ChatFunction } from '../constructs/chat-function.ts';

/** Which functions there are depends on the configuration, so that the names are looked at here. */
export function reserveConcurrency(stack: Stack, concurrency: Readonly<Record<string, number>>): void {
  const functions = new Map(
    stack.node
      .findAll()
      .filter((construct) => construct instanceof ChatFunction)
      .map((fn) => [fn.functionName, fn]),
  );
  const faults = Object.keys(concurrency)
    .filter((name) => !functions.has(name))
    .map((name) => `concurrency.${name}: no such function; allowed: ${[...functions.keys()].join(', ')}`);
  if (faults.length > 0) throw new ConfigurationError(faults);
  for (const [name, instances] of Object.entries(concurrency)) functions.get(name)?.reserve(instances);
}
