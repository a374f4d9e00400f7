import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot, synthesize } from '../../infra/local/synthesis/synthesize.ts';

export type TestAssembly = {
  /** The app as it is. */
  readonly folder: string;
  /** The same without the resource types that MiniStack does not know. */
  readonly deployable: string;
  remove(): Promise<void>;
};

/** The app under this repository's configuration, with some keys changed; that of another checkout if one is named. */
export async function testAssembly(
  changes: Readonly<Record<string, unknown>>,
  unknownTypes: ReadonlySet<string>,
  project: string = projectRoot,
): Promise<TestAssembly> {
  const parent = await mkdtemp(join(tmpdir(), 'lapse-deploy-'));
  const configFile = join(parent, 'lapse.config.json');
  const folder = join(parent, 'assembly');
  const deployable = join(parent, 'deployable');
  const configuration = JSON.parse(await readFile(join(projectRoot, 'lapse.config.json'), 'utf8'));
  await writeFile(configFile, JSON.stringify({ ...configuration, ...changes }));
  await synthesize({ folder, configFile, project });
  await cp(folder, deployable, { recursive: true });
  for (const name of await readdir(deployable)) {
    if (name.endsWith('.template.json')) await leaveOut(join(deployable, name), unknownTypes);
  }
  return { folder, deployable, remove: async () => rm(parent, { recursive: true, force: true }) };
}

async function leaveOut(templateFile: string, types: ReadonlySet<string>): Promise<void> {
  const template: { Resources: Record<string, { Type: string }> } = JSON.parse(
    await readFile(templateFile, 'utf8'),
  );
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !types.has(Type));
  await writeFile(templateFile, JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
}
