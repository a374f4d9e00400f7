import assert from 'node:assert/strict';
import type { CheckRunner } from '../../support/check-runner.ts';
import type { AwsClients } from '../aws-clients.ts';
import type { DeployedResource } from '../deployed-stacks.ts';
import { type Gap, gaps } from './gaps.ts';
import { readers } from './readers.ts';
import { same } from './same.ts';

/** Every resource, property by property, with what the template says: no more, and no less. */
export async function checkResources(
  { check }: CheckRunner,
  aws: AwsClients,
  resources: readonly DeployedResource[],
): Promise<void> {
  const byType = Map.groupBy(resources, ({ type }) => type);
  const met = new Set<Gap>();
  for (const [type, some] of [...byType].toSorted()) {
    await check(`${type}: ${some.length}`, async () => {
      const faults: string[] = [];
      for (const resource of some) faults.push(...(await faultsOf(aws, resource, met)));
      if (faults.length > 0) assert.fail(faults.join('\n'));
    });
  }
  for (const gap of gaps) {
    const what = [gap.type, gap.property].filter((part) => part !== undefined).join('.');
    await check(`not proven here: ${what}: ${gap.why}`, () => {
      assert(met.has(gap), 'MiniStack gets this right now: take it out of test/deploy/resources/gaps.ts');
    });
  }
}

async function faultsOf(aws: AwsClients, resource: DeployedResource, met: Set<Gap>): Promise<string[]> {
  const { type, logicalId, physicalId, properties } = resource;
  const unknown = gaps.find((gap) => gap.type === type && gap.property === undefined);
  if (unknown !== undefined) {
    if (physicalId === undefined) met.add(unknown);
    return [];
  }
  const read = readers[type];
  if (read === undefined) return [`${logicalId}: no reader of ${type} in test/deploy/resources/readers.ts`];
  if (physicalId === undefined) return [`${logicalId}: not deployed`];
  const deployed = await read(aws, { ...resource, physicalId });
  const names = new Set([...Object.keys(properties), ...Object.keys(deployed)]);
  return [...names].flatMap((property) => {
    if (same(properties[property], deployed[property])) return [];
    const gap = gaps.find((each) => each.type === type && each.property === property);
    if (gap === undefined) return [difference(logicalId, property, properties[property], deployed[property])];
    met.add(gap);
    return [];
  });
}

function difference(logicalId: string, property: string, declared: unknown, deployed: unknown): string {
  return `${logicalId}.${property}: template ${JSON.stringify(declared)}, deployed ${JSON.stringify(deployed)}`;
}
