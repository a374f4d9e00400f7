import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../infra/local/synthesize.ts';

/** The operator's configuration of this repository with some keys changed. */
export type Changes = Readonly<Record<string, unknown>>;

export type TestAssembly = {
  /** The app as it is. */
  readonly folder: string;
  /** The same without the resource types that MiniStack does not know. */
  readonly deployable: string;
  remove(): Promise<void>;
};

export async function testAssembly(changes: Changes, unknownTypes: ReadonlySet<string>): Promise<TestAssembly> {
  const parent = await mkdtemp(join(tmpdir(), 'lapse-deploy-'));
  const [configFile, folder, deployable] = ['lapse.config.json', 'assembly', 'deployable'].map((name) =>
    join(parent, name),
  ) as [string, string, string];
  await writeFile(configFile, JSON.stringify({ ...(await ownConfiguration()), ...changes }));
  await synthesize({ folder, configFile });
  const { cp } = await import('node:fs/promises');
  await cp(folder, deployable, { recursive: true });
  for (const name of await readdir(deployable)) {
    if (name.endsWith('.template.json')) await leaveOut(join(deployable, name), unknownTypes);
  }
  return { folder, deployable, remove: async () => rm(parent, { recursive: true, force: true }) };
}

async function ownConfiguration(): Promise<object> {
  return JSON.parse(await readFile('lapse.config.json', 'utf8'));
}

async function leaveOut(templateFile: string, types: ReadonlySet<string>): Promise<void> {
  const template: { Resources: Record<string, { Type: string }> } = JSON.parse(
    await readFile(templateFile, 'utf8'),
  );
  template.Resources = Object.fromEntries(
    Object.entries(template.Resources).filter(([, { Type }]) => !types.has(Type)),
  );
  await writeFile(templateFile, JSON.stringify(template));
}
