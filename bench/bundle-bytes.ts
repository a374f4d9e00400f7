import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSystem } from '../infra/local/template/read-system.ts';

/** Minified bytes of each function, largest first. */
export async function bundleBytes(
  assemblyFolder: string,
): Promise<readonly (readonly [name: string, bytes: number])[]> {
  const sizes = await Promise.all(
    readSystem(assemblyFolder).functions.map(
      async ({ functionName, codePath }) =>
        [functionName, (await stat(join(codePath, 'index.mjs'))).size] as const,
    ),
  );
  return sizes.sort(([, one], [, other]) => other - one);
}
