import { tendHolds } from '../../../shared/holds/tend-holds.ts';
import type { Hold } from '../../../shared/stores/privacy/hold.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { holdKey } from '../../../shared/stores/privacy/privacy-keys.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { holdWorld } from '../../support/hold-world.ts';
import { memoryLaps } from '../../support/memory-lap-store.ts';
import { direct } from '../../support/step.ts';

const now = epochMillis(1_000_000);

/** Placed so many seconds ago; its next batch is due then, or it is over. */
function hold(userId: string, ago: number, notBefore?: number): Hold {
  const backfill = notBefore !== undefined && {
    backfill: { pass: 2 as const, notBefore: notBefore as EpochSeconds },
  };
  const target = { kind: 'user', userId } as const;
  return { target, state: 'held', since: epochMillis(now - ago * 1_000), moved: 0, revision: 1, ...backfill };
}

async function resume(all: readonly Hold[], { laps = memoryLaps(), most = 99 } = {}) {
  const queued: HoldTarget[] = [];
  const holds = holdWorld();
  let seen = 0;
  for (const each of all) holds.all.set(holdKey(each.target).at, each);
  const oldest = await tendHolds({
    holds: holds.deps(direct),
    laps,
    work: { add: async (target) => void queued.push(target) },
    now: () => now,
    isOver: () => {
      seen += 1;
      return seen >= most;
    },
  });
  return { oldest, queued: queued.map((target) => target.kind === 'user' && target.userId) };
}

test('the age is that of the oldest hold that not all of what is stored follows, due or not', async () => {
  expect(await resume([hold('over', 900), hold('due', 100, 999), hold('waits', 300, 1_001)])).toEqual({
    oldest: 300,
    queued: ['due'],
  });
});

test('where all of them are through there is none', async () => {
  expect(await resume([hold('over', 900)])).toEqual({ oldest: 0, queued: [] });
  expect(await resume([])).toEqual({ oldest: 0, queued: [] });
});

test('of more holds than fit into a run the next one sees to the others, and then it begins anew', async () => {
  const all = ['a', 'b', 'c', 'd', 'e'].map((userId) => hold(userId, 100, 999));
  const laps = memoryLaps();
  const runs = [];
  for (let run = 0; run < 4; run += 1) runs.push((await resume(all, { laps, most: 2 })).queued);
  expect(runs).toEqual([['a', 'b'], ['c', 'd'], ['e'], ['a', 'b']]);
});
