import { sweepProfiles } from '../../../shared/retention/sweep-profiles.ts';
import { unchangedRetention, withPeriod } from '../../../shared/stores/expiry/retention.ts';
import type { SweptRow } from '../../../shared/stores/profiles/profile-sweep-store.ts';
import { sweepShardOf } from '../../../shared/stores/profiles/sweep-shard.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { amongHolds } from '../../support/hold-world.ts';

const none = { users: new Set<string>(), conversations: new Set<string>() };
const now = epochMillis(1_800_000_000_000);
const seconds = now / 1000;
const steady = { ...unchangedRetention(100), now };

function row(userId: string, age: number, lasts = 100, more: Partial<SweptRow> = {}): SweptRow {
  const sweepFrom = epochMillis(now - age * 1000);
  return { userId, sweepFrom, expiresAt: (seconds - age + lasts) as EpochSeconds, ...more };
}

async function sweep(
  rows: readonly SweptRow[],
  { holds = none, retention = steady, isOver = (): boolean => false, fails = '' } = {},
) {
  const gone: string[] = [];
  const failures: unknown[] = [];
  const swept = await sweepProfiles({
    rows: {
      async *startedBy(shard, by) {
        const due = rows.filter(({ userId, sweepFrom }) => sweepShardOf(userId) === shard && sweepFrom <= by);
        yield* due.toSorted((one, other) => one.sweepFrom - other.sweepFrom);
      },
      async remove({ userId }) {
        if (userId === fails) throw new Error('throttled');
        return gone.push(userId) > 0;
      },
    },
    holds: { among: async (asked) => amongHolds(holds, asked) },
    retention: async () => retention,
    isOver,
    onFailure: (error) => void failures.push(error),
  });
  return { ...swept, gone: gone.toSorted(), reported: failures.length };
}

test('what has ended goes, in every shard, and what lasts stays', async () => {
  const ended = Array.from({ length: 60 }, (_, index) => row(`u${index}`, 100 + index));
  const { gone, deleted, lateSeconds } = await sweep([...ended, row('lasting', 99), row('new', 0)]);
  expect(gone).toEqual(ended.map(({ userId }) => userId).toSorted());
  expect([deleted, lateSeconds]).toEqual([60, 0]);
});

test('what a shorter retention has ended goes before its stamp', async () => {
  expect((await sweep([row('alice', 100, 1_000)])).gone).toEqual(['alice']);
});

test('what was stamped before a longer retention goes at its own end', async () => {
  const longer = { from: (seconds - 10) as EpochSeconds, retentionSeconds: 10_000 };
  const retention = { ...withPeriod(unchangedRetention(100), longer, now), now };
  const { gone } = await sweep([row('alice', 101), row('bob', 5, 10_000)], { retention });
  expect(gone).toEqual(['alice']);
});

test('a hold on its owner keeps a profile; one on its author or its conversation keeps a title; none of it is late', async () => {
  const rows = [row('alice', 500), row('bob', 500), row('#g-1', 500, 100, { by: 'bob' })];
  const byUser = await sweep(rows, { holds: { ...none, users: new Set(['bob']) } });
  expect([byUser.gone, byUser.lateSeconds]).toEqual([['alice'], 0]);
  const byConversation = await sweep(rows, { holds: { ...none, conversations: new Set(['g-1']) } });
  expect(byConversation.gone).toEqual(['alice', 'bob']);
});

test('one that cannot be deleted keeps none of the others, and is late from its end on', async () => {
  const { gone, failures, reported, lateSeconds } = await sweep([row('alice', 150), row('bob', 160)], {
    fails: 'alice',
  });
  expect([gone, failures, reported, lateSeconds]).toEqual([['bob'], 1, 1, 50]);
});

test('what a run does not come to is late, and what a hold kept only since its release', async () => {
  const isOver = () => true;
  expect(await sweep([row('alice', 150)], { isOver })).toMatchObject({ gone: [], lateSeconds: 50 });
  const released = row('alice', 150, 100, { releasedAt: (seconds - 7) as EpochSeconds });
  expect(await sweep([released], { isOver })).toMatchObject({ lateSeconds: 7 });
});
