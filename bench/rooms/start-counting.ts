import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Call } from '../../test/support/counting-dynamodb.ts';

/** What was called since the last time it was asked. */
export type Counting = { take(): readonly Call[] | Promise<readonly Call[]> };

/** A DynamoDB that counts, in another process. */
export async function startCounting(): Promise<Counting & { readonly endpoint: string; close(): void }> {
  const child = fork(new URL('./counting-process.ts', import.meta.url));
  const [endpoint] = await once(child, 'message');
  return {
    endpoint,
    async take() {
      child.send('take');
      const [calls] = await once(child, 'message');
      return calls;
    },
    close: () => void child.kill(),
  };
}
