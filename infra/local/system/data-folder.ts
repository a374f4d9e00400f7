import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Closing } from '../process/closing.ts';
import { StartupError } from '../process/startup-error.ts';

/** Where everything is kept across restarts: made if it is not there, and this system's alone until it ends. */
export function dataFolder(asked: string, closers: Closing): string {
  // It would be the folder that this runs in.
  if (asked === '') throw new StartupError('--data: name a folder');
  const folder = resolve(asked);
  const lock = join(folder, 'lapse.pid');
  const owner = occupied(asked, folder, lock);
  if (owner !== undefined) {
    throw new StartupError(
      `--data ${asked}: process ${owner} is using it; stop that one or name another folder (if it is no local system, delete ${lock})`,
    );
  }
  closers.add(async () => rmSync(lock, { force: true }));
  return folder;
}

function occupied(asked: string, folder: string, lock: string): number | undefined {
  try {
    makeFolder(folder);
    // Of an earlier version, or made by hand: databases are nobody else's to read.
    chmodSync(folder, 0o700);
    return take(lock);
  } catch {
    throw new StartupError(`--data ${asked}: not a folder that can be written to; name another one`);
  }
}

/** Step by step: `recursive` never ends where nobody can make folders, such as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/** Takes the lock, or says which living process has it. */
function take(lock: string): number | undefined {
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const owner = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    if (lives(owner)) return owner;
    // Left by one that was killed.
    rmSync(lock, { force: true });
  }
}

const lives = (pid: number): boolean => {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
};

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
