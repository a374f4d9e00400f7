import type { SystemModel } from '../../../infra/local/model/system-model.ts';
import { readSystem } from '../../../infra/local/template/read-system.ts';
import { synthesizedAssembly } from '../../support/synthesized-assembly.ts';
import { type BucketRule, bucketRules } from './bucket-rules.ts';

/** What the synthesized template says of the system, and how long its data lives. */
export type Model = SystemModel & {
  /** All that any function is told. */
  readonly environment: Readonly<Record<string, string>>;
  readonly bucketRules: ReadonlyMap<string, readonly BucketRule[]>;
};

/** Short periods, so that much ends within a run. */
const configuration = {
  messages: { store: true, retention: '10m' },
  profiles: { store: true, retention: '10m' },
  purge: { bound: '5m', sweepers: 3 },
  proofPeriod: '1d',
  regions: ['ap-northeast-2'],
};

export async function simulatedModel(): Promise<Model> {
  const folder = await synthesizedAssembly(configuration);
  const system = readSystem(folder);
  const environment = Object.assign({}, ...system.functions.map((each) => each.environment));
  return { ...system, environment, bucketRules: bucketRules(folder) };
}
