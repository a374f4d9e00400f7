import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptAssembly } from '../../infra/local/synthesis/kept-assembly.ts';

/** The cloud assembly of the working tree, with its own operator configuration or another: the one `npm start` keeps. */
export async function synthesizedAssembly(configuration?: object): Promise<string> {
  if (configuration === undefined) return await keptAssembly();
  const folder = await mkdtemp(join(tmpdir(), 'lapse-test-configuration-'));
  const configFile = join(folder, 'lapse.config.json');
  await writeFile(configFile, JSON.stringify(configuration));
  return await keptAssembly({ configFile }).finally(() => rm(folder, { recursive: true }));
}
