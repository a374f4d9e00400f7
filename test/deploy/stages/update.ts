import assert from 'node:assert/strict';
import type { TestAssembly } from '../assembly.ts';
import type { DeployRun } from '../deploy-run.ts';
import { type DeployedStacks, deployedStacks } from '../deployed-stacks.ts';
import { eventually } from '../eventually.ts';
import { checkResources } from '../resources/check-resources.ts';

/** In place, with data in the tables; answers the stacks as they are then. */
export async function checkUpdate(
  { runner, aws, cdk, miniStack, tables, stacks: before }: DeployRun,
  assembly: TestAssembly,
): Promise<DeployedStacks> {
  // A schedule of once a minute tells who has come and gone, and notes that it has.
  await eventually(
    async () => ((await tables.everything())['Connections'] ?? []).every((row) => row['untold'] !== true),
    'all that was to be told of who has come is told',
    180,
  );
  const data = await tables.everything();
  await runner.check('cdk diff: nothing is replaced, nothing is destroyed', async () => {
    const changes = await cdk('diff', '--method=template', '--app', assembly.deployable);
    assert.match(changes, /MESSAGE_RETENTION_SECONDS/);
    assert.doesNotMatch(changes, /replac|destroy|\[-\] AWS::/i);
  });
  await cdk('deploy', '--all', '--require-approval', 'never', '--app', assembly.deployable);
  const after = await deployedStacks(aws, miniStack, assembly.folder);
  await runner.check('every resource that was there is the same one', () => {
    assert.deepEqual(identities(after), identities(before));
  });
  await runner.check('nothing in any table is lost or changed', async () => {
    assert.deepEqual(await tables.everything(), data);
  });
  await checkResources(runner, aws, after.resources);
  return after;
}

function identities({ resources }: DeployedStacks): readonly string[] {
  return resources.map(({ stackName, logicalId, physicalId }) => `${stackName} ${logicalId} ${physicalId}`);
}
