import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigurationFile } from '../infra/configuration/read-configuration.ts';
import { type DataMap, dataMap } from '../infra/data-map/data-map.ts';
import { differences } from '../infra/data-map/differences.ts';
import { violationsOf } from '../infra/data-map/rules/rules.ts';
import { readSystem } from '../infra/data-map/system.ts';
import { StartupError } from '../infra/local/process/startup-error.ts';
import { projectRoot, synthesize } from '../infra/local/synthesis/synthesize.ts';
import { deployedTemplates } from './deployed-templates.ts';
import { table } from './words.ts';

export type DataMapRequest = {
  readonly check: boolean;
  readonly json: boolean;
  readonly stack: string | undefined;
  readonly config: string | undefined;
};

type Found = { readonly map: DataMap; readonly faults: readonly string[] };

/** Reads templates, no data: no function of the system has a part in it. Answers what to print, and whether all is well. */
export async function showDataMap(request: DataMapRequest): Promise<{ text: string; wellKept: boolean }> {
  const { check, json, stack, config = join(projectRoot, 'lapse.config.json') } = request;
  const { map, faults: broken } =
    stack === undefined ? await synthesized(config) : await deployed(stack, config);
  if (!check) return { text: json ? JSON.stringify(map, null, 2) : textOf(map), wellKept: true };
  const faults = [...differences(committed(), map), ...broken];
  const what = stack === undefined ? config : `stack ${stack}`;
  const verdict = faults.length === 0 ? `${what} is as docs/data-map.json says` : faults.join('\n');
  return { text: json ? JSON.stringify({ faults }, null, 2) : verdict, wellKept: faults.length === 0 };
}

async function deployed(stack: string, configFile: string): Promise<Found> {
  const { regions } = readConfigurationFile(configFile);
  const system = readSystem(await deployedTemplates(stack));
  const faults = violationsOf(system, { regions }).map(
    ({ resource, fault, fix }) => `${resource.id} ${fault}: ${fix}`,
  );
  return { map: dataMap(system), faults };
}

/** The synthesis itself fails where a rule is broken. */
async function synthesized(configFile: string): Promise<Found> {
  const folder = await mkdtemp(join(tmpdir(), 'lapse-data-map-'));
  try {
    await synthesize({ folder, configFile });
    return { map: readMap(join(folder, 'data-map.json')), faults: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function committed(): DataMap {
  return readMap(join(projectRoot, 'docs', 'data-map.json'));
}

function readMap(file: string): DataMap {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new StartupError(`${file} cannot be read: run \`npm run data-map\``);
  }
}

function textOf({ stores }: DataMap): string {
  const rows = stores
    .filter(({ name }) => !name.startsWith('logs/'))
    .map(({ name, kinds, service, region, retention }) => [
      name,
      kinds.join(', '),
      service,
      region,
      retention,
    ]);
  return table(rows);
}
