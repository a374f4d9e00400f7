import { tendExports } from '../../../shared/export/tend-exports.ts';
import { ask } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

test('what lies too long is put into the queue again, and given up after three days', async () => {
  const world = exportWorld();
  await ask(world);
  world.jobs.splice(0);
  const deps = { ...world.writeDeps, exports: world.exports };
  await tendExports(deps);
  expect(world.jobs).toHaveLength(0);
  world.state.now += 20 * 60_000;
  await tendExports(deps);
  await tendExports(deps);
  expect(world.jobs).toHaveLength(1);
  world.state.now += 3 * 86_400_000;
  await tendExports(deps);
  expect(world.state.record).toBeUndefined();
});
