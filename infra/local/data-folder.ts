import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Closing } from './closing.ts';
import { StartupError } from './startup-error.ts';

/** Where everything is kept across restarts: made if it is not there, and this system's alone until it ends. */
export function dataFolder(asked: string, closers: Closing): string {
  const folder = resolve(asked);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new StartupError(`--data ${asked}: not a folder that can be written to; name another one`);
  }
  const lock = join(folder, 'lapse.pid');
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      break;
    } catch {
      const owner = Number.parseInt(readFileSync(lock, 'utf8'), 10);
      if (lives(owner)) {
        throw new StartupError(
          `--data ${asked}: process ${owner} is using it; stop that one or name another folder (if it is no local system, delete ${lock})`,
        );
      }
      // Left by one that was killed.
      rmSync(lock, { force: true });
    }
  }
  closers.add(async () => rmSync(lock, { force: true }));
  return folder;
}

const lives = (pid: number): boolean => {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
