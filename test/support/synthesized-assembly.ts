import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, synthesize } from '../../infra/local/synthesize.ts';

const sources = ['functions/**/*.ts', 'shared/**/*.ts', 'infra/**/*.ts', '*.json'];

/** Changes with everything that a synthesis reads. */
const contentKey = (): string => {
  const hash = createHash('sha256').update(process.version);
  for (const file of globSync(sources, { cwd: projectRoot }).sort()) {
    if (!file.startsWith(join('infra', 'local')))
      hash.update(file).update(readFileSync(join(projectRoot, file)));
  }
  return hash.digest('hex').slice(0, 16);
};

/** Longer than any synthesis takes: whoever held the lock has died. */
const staleLockMs = 90_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const takeLock = async (lock: string): Promise<boolean> => {
  try {
    await mkdir(lock);
    return true;
  } catch {
    const held = await stat(lock).catch(() => undefined);
    if (held !== undefined && Date.now() - held.mtimeMs > staleLockMs)
      await rm(lock, { recursive: true, force: true });
    return false;
  }
};

/** The cloud assembly of the working tree, made once and shared by every Jest worker. */
export async function synthesizedAssembly(): Promise<string> {
  const folder = join(tmpdir(), `lapse-test-assembly-${contentKey()}`);
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!(await takeLock(lock))) {
      await pause(50);
      continue;
    }
    try {
      if (!existsSync(folder)) await synthesizeInto(folder);
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

/** A half-written assembly is never seen under its final name. */
const synthesizeInto = async (folder: string): Promise<void> => {
  const unfinished = await mkdtemp(`${folder}-`);
  await synthesize({ folder: unfinished });
  await rename(unfinished, folder);
};
