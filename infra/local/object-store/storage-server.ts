import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineAddress } from '../aws/engine-address.ts';
import { StartupError } from '../process/startup-error.ts';

export type StorageServer = { readonly address: EngineAddress; close(): Promise<void> };

/** Objects (S3) and queues (SQS), without any check of who asks: on a socket in a folder of this user's alone. */
export async function startStorageServer(dataDir: string | undefined): Promise<StorageServer> {
  const folder = dataDir === undefined ? undefined : join(dataDir, 'objects-and-queues');
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const socketFolder = await mkdtemp(join(tmpdir(), 'lapse-engine-'));
  const socketPath = join(socketFolder, 'socket');
  const program = fileURLToPath(new URL('./storage-process.ts', import.meta.url));
  const child = fork(program, ['--socket', socketPath, ...(folder === undefined ? [] : ['--data', folder])], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: unknown) => {
    complaint = `${complaint}${String(chunk)}`.slice(-2000);
  });
  const exited = once(child, 'exit').finally(() => rm(socketFolder, { recursive: true, force: true }));
  const message = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (message === undefined)
    throw new StartupError(`the object store did not start: ${complaint.trim().split('\n').at(-1)}`);
  return {
    address: { socketPath },
    close: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
