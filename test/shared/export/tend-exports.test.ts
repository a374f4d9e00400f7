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
      async *each() {
        yield* requests;
      },
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

test('a run whose time is over leaves its place, and the next one goes on there and comes around', async () => {
  const world = exportWorld();
  await ask(world);
  const { record } = world.state;
  if (record === undefined) throw new Error('no export');
  const ids = Array.from({ length: 60 }, (_, n) => `user-${String(n).padStart(2, '0')}`);
  const touched: string[] = [];
  let place: string | undefined;
  const deps = {
    ...world.writeDeps,
    metrics: measured().metrics,
    exports: {
      ...world.exports,
      async *each(after = '') {
        for (const userId of ids) if (userId > after) yield { ...record, userId };
      },
      async touch({ userId }: { readonly userId: string }) {
        touched.push(userId);
        return false;
      },
    },
    laps: {
      read: async () => place,
      save: async (_name: string, after: string) => {
        place = after;
      },
      end: async () => {
        place = undefined;
      },
    },
    isOver: () => true,
  };
  world.state.now += 20 * 60_000;
  const places: (string | undefined)[] = [];
  for (let run = 0; run < 4; run += 1) {
    await tendExports(deps);
    places.push(place);
  }
  expect(places).toEqual(['user-24', 'user-49', 'user-59', undefined]);
  expect(touched).toEqual(ids);
});
