import { StartupError } from '../infra/local/process/startup-error.ts';
import type { Given } from './command.ts';

export const erasureExample = 'user erase alice [--scope conversation --conversation d-…]';

/** What `--scope`, `--conversation` and `--seq` name together. */
export function targetOf({ options }: Given): object {
  const { scope = 'account', conversation: conversationId, seq } = options;
  const needed = {
    account: [],
    profile: [],
    conversation: ['conversation'],
    message: ['conversation', 'seq'],
  };
  const names: readonly string[] | undefined = Object.entries(needed).find(([name]) => name === scope)?.[1];
  if (names === undefined) throw new StartupError(`--scope is one of ${Object.keys(needed).join(', ')}`);
  for (const name of ['conversation', 'seq']) {
    const isGiven = options[name] !== undefined;
    if (isGiven === names.includes(name)) continue;
    throw new StartupError(
      `--scope ${String(scope)} takes ${isGiven ? 'no' : 'a'} --${name}: ${erasureExample}`,
    );
  }
  if (seq !== undefined && !/^[1-9]\d{0,14}$/.test(String(seq)))
    throw new StartupError(`--seq is a number from 1: ${erasureExample}`);
  return {
    scope,
    ...(conversationId !== undefined && { conversationId }),
    ...(seq !== undefined && { seq: Number(seq) }),
  };
}
