import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../infra/local/synthesize.ts';

/** A cloud assembly of the app under another operator configuration. */
export async function configuredAssembly(configuration: object): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'lapse-configured-'));
  const configFile = join(parent, 'lapse.config.json');
  const folder = join(parent, 'assembly');
  await writeFile(configFile, JSON.stringify(configuration));
  await synthesize({ folder, configFile });
  return folder;
}
