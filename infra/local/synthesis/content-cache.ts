import { existsSync } from 'node:fs';
import {
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Makes into an empty folder; answers whether what it was made from is still the same. */
export type Make = (draft: string) => Promise<boolean>;

/** Folders by the hash of what they were made from, shared by every process of this user. */
export type ContentCache = {
  /** The folder of this key, made if it is not there; this process may use it to its end. */
  folder(key: string, make: Make, signal?: AbortSignal): Promise<string | undefined>;
};

/** So many are kept, and whatever was used within the hour or belongs to a process that runs. */
const most = 24;
const recentMs = 3_600_000;

const content = 'content';
const users = 'users';

export function contentCache(root: string): ContentCache {
  return {
    async folder(key, make, signal) {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const entry = join(root, key);
      for (;;) {
        signal?.throwIfAborted();
        if (await use(entry)) return join(entry, content);
        const release = await lock(`${entry}.lock`);
        if (release === undefined) {
          await setTimeout(25);
          continue;
        }
        try {
          if (!existsSync(entry) && !(await fill(root, entry, make))) return undefined;
        } finally {
          await release();
        }
        await prune(root);
      }
    },
  };
}

/** A half-written entry is never seen under its final name. */
async function fill(root: string, entry: string, make: Make): Promise<boolean> {
  const draft = await mkdtemp(join(root, 'draft-'));
  try {
    await mkdir(join(draft, users));
    await mkdir(join(draft, content));
    if (!(await make(join(draft, content)))) return false;
    await rename(draft, entry).catch((error: unknown) => {
      // Two may have found the lock of one who died.
      if (!existsSync(entry)) throw error;
    });
    return true;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Says that this process uses the entry; false where there is none. */
async function use(entry: string): Promise<boolean> {
  try {
    await writeFile(join(entry, users, String(process.pid)), '');
    await utimes(entry, new Date(), new Date());
    return existsSync(join(entry, content));
  } catch {
    return false;
  }
}

/** Taken by a file with the id of the process, so that one who died holds up nobody. */
async function lock(path: string): Promise<(() => Promise<void>) | undefined> {
  const own = `${path}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, path);
    return () => rm(path, { force: true });
  } catch {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner > 0 && !lives(owner)) await rm(path, { force: true });
    return undefined;
  } finally {
    await rm(own, { force: true });
  }
}

const lives = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

async function prune(root: string): Promise<void> {
  const aged = await Promise.all(
    (await readdir(root)).map(async (name) => {
      const path = join(root, name);
      return { path, usedAt: (await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now() };
    }),
  );
  const old = aged.toSorted((one, other) => other.usedAt - one.usedAt).slice(most);
  for (const { path, usedAt } of old) {
    if (Date.now() - usedAt > recentMs && !(await inUse(path)))
      await rm(path, { recursive: true, force: true });
  }
}

const inUse = async (entry: string): Promise<boolean> =>
  (await readdir(join(entry, users)).catch(() => [])).some((pid) => lives(Number(pid)));
