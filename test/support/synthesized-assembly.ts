import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, synthesize } from '../../infra/local/synthesis/synthesize.ts';

const sources = ['functions/**/*.ts', 'shared/**/*.ts', 'infra/**/*.ts', '*.json'];

/** Changes with everything that a synthesis reads. */
const contentKey = (configuration: object | undefined): string => {
  const hash = createHash('sha256')
    .update(process.version)
    .update(JSON.stringify(configuration ?? ''));
  for (const file of globSync(sources, { cwd: projectRoot }).sort()) {
    if (!file.startsWith(join('infra', 'local')))
      hash.update(file).update(readFileSync(join(projectRoot, file)));
  }
  return hash.digest('hex').slice(0, 16);
};

/** Longer than any synthesis takes: whoever held the lock has died. */
const staleLockMs = 240_000;

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

/**
 * The cloud assembly of the working tree, with its own operator configuration or another, made once and shared by every
 * Jest worker. Outside of the project: a bundle must not find there what it does not bring.
 */
export async function synthesizedAssembly(configuration?: object): Promise<string> {
  const folder = join(tmpdir(), `lapse-test-assembly-${contentKey(configuration)}`);
  const lock = `${folder}.lock`;
  while (!existsSync(folder)) {
    if (!(await takeLock(lock))) {
      await pause(50);
      continue;
    }
    try {
      if (!existsSync(folder)) await synthesizeInto(folder, configuration);
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }
  return folder;
}

/** A half-written assembly is never seen under its final name. */
const synthesizeInto = async (folder: string, configuration: object | undefined): Promise<void> => {
  const unfinished = await mkdtemp(`${folder}-`);
  if (configuration === undefined) await synthesize({ folder: unfinished });
  else {
    const configFile = `${unfinished}.json`;
    await writeFile(configFile, JSON.stringify(configuration));
    await synthesize({ folder: unfinished, configFile }).finally(() => rm(configFile));
  }
  await rename(unfinished, folder);
};
