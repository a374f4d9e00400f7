import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { StartupError } from '../process/startup-error.ts';

export type StorageServer = { readonly endpoint: string; close(): Promise<void> };

const readyShape = z.object({ port: z.number() });

/** Objects (S3) and queues (SQS), without any check of who asks. */
export async function startStorageServer(dataDir: string | undefined): Promise<StorageServer> {
  const folder = dataDir === undefined ? undefined : join(dataDir, 'objects-and-queues');
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const program = fileURLToPath(new URL('./storage-process.ts', import.meta.url));
  const child = fork(program, folder === undefined ? [] : ['--data', folder], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: unknown) => {
    complaint = `${complaint}${String(chunk)}`.slice(-2000);
  });
  const exited = once(child, 'exit');
  const message = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (message === undefined)
    throw new StartupError(`the object store did not start: ${complaint.trim().split('\n').at(-1)}`);
  const { port } = readyShape.parse(message[0]);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
