import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Minified bytes of each function, largest first. */
export async function bundleBytes(
  folder: string,
): Promise<readonly (readonly [name: string, bytes: number])[]> {
  const names = await readdir(folder);
  const sizes = await Promise.all(
    names.map(async (name) => [name, (await stat(join(folder, name, 'index.mjs'))).size] as const),
  );
  return sizes.sort(([, one], [, other]) => other - one);
}
