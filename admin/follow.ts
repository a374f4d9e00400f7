import { setTimeout } from 'node:timers/promises';
import type { Ask } from './ask.ts';
import type { Follow } from './command.ts';

const againAfterMs = 1_000;

/** Asks until the work has an end. How it goes is said on the error output, so that the answer alone is on the other. */
export async function followed(
  { functionName, input, end }: Follow,
  begun: string,
  ask: Ask,
  { stderr }: Pick<NodeJS.Process, 'stderr'>,
): Promise<unknown> {
  stderr.write(`${begun} …`);
  for (;;) {
    const result = end(await ask(functionName, input));
    if (result !== undefined) {
      stderr.write('\n');
      return result;
    }
    if (stderr.isTTY) stderr.write('.');
    await setTimeout(againAfterMs);
  }
}
