import { tendExports } from '../../../shared/export/tend-exports.ts';
import type { Metrics } from '../../../shared/runtime/metrics.ts';
import { ask } from '../../support/export-acts.ts';
import { exportWorld } from '../../support/export-world.ts';

function measured() {
  const ages: Parameters<Metrics['put']>[0][] = [];
  const metrics: Metrics = { put: (values) => void ages.push(values) };
  return { metrics, ages };
}

test('what lies too long is put into the queue again, and given up after three days', async () => {
  const world = exportWorld();
  await ask(world);
  world.jobs.splice(0);
  const { metrics, ages } = measured();
  const deps = { ...world.writeDeps, exports: world.exports, metrics };
  await tendExports(deps);
  expect(world.jobs).toHaveLength(0);
  world.state.now += 20 * 60_000;
  await tendExports(deps);
  await tendExports(deps);
  expect(world.jobs).toHaveLength(1);
  expect(ages.at(-1)).toEqual({ OldestOverdueExportAge: 0, OldestOpenExportAge: 1_200 });
  world.state.now += 3 * 86_400_000;
  await tendExports(deps);
  await tendExports(deps);
  expect(ages.at(-1)).toEqual({ OldestOverdueExportAge: 0, OldestOpenExportAge: 0 });
  expect(world.state.record).toBeUndefined();
});

test('a zip that cannot be deleted keeps none of the others, and is heard of', async () => {
  const world = exportWorld();
  await ask(world);
  const { record } = world.state;
  if (record === undefined) throw new Error('no export');
  const requests = Array.from({ length: 60 }, (_, n) => ({
    ...record,
    userId: `user-${n}`,
    requestId: `request-${n}`,
    readableUntil: record.requestedAt,
  }));
  const removed: string[] = [];
  const { metrics, ages } = measured();
  world.state.now += 4_000_000;
  const deps = {
    ...world.writeDeps,
    metrics,
    exports: {
      ...world.exports,
      list: async () => requests,
      remove: async ({ userId }: { readonly userId: string }) => {
        removed.push(userId);
        return undefined;
      },
    },
    files: {
      ...world.files,
      list: async (prefix: string) => {
        if (prefix === 'request-7/') throw new Error('SlowDown');
        return [];
      },
    },
  };
  await expect(tendExports(deps)).rejects.toThrow('1 exports are left to the next run');
  expect(ages).toEqual([{ OldestOverdueExportAge: 4_000, OldestOpenExportAge: 0 }]);
  expect(removed.toSorted()).toEqual(
    requests
      .map(({ userId }) => userId)
      .filter((id) => id !== 'user-7')
      .toSorted(),
  );
});
