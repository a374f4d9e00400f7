import { purgeStatus } from '../../../shared/retention/purge-status.ts';
import type { PurgeRun } from '../../../shared/stores/privacy/purge-run-store.ts';
import type { Sweeper } from '../../../shared/stores/privacy/sweeper.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const run = (sweeper: Sweeper, startedAt: string): PurgeRun => ({
  ...{ ...sweeper, startedAt, endedAt: startedAt, retentionSeconds: 60, complete: true },
  ...{ conversations: 0, messagesDeleted: 0, failures: 0, oldestExpiredItemAge: 0 },
});

const statusOf = async (runs: readonly PurgeRun[]) =>
  purgeStatus({
    ...{ retentionSeconds: 60, boundSeconds: 3_600 },
    retention: steadyRetention(60, () => 100_000),
    runs: { latest: async (count) => runs.slice(0, count) },
    conversations: {
      earliestBounds: async () => ({ nextPurgeAt: 90 as EpochSeconds, purgeFrom: epochMillis(50_000) }),
    },
  });

test('five runs of each sweeper are shown, also of one that has not run for some time', async () => {
  const lively = { sweeper: 1, of: 2 };
  const silent = { sweeper: 2, of: 2 };
  const runs = Array.from({ length: 30 }, (_, index) => run(lively, `${30 - index}`));
  const { runs: shown } = await statusOf([...runs, run(silent, '0')]);
  expect(shown.map(({ sweeper, startedAt }) => `${sweeper} ${startedAt}`)).toEqual([
    ...['1 30', '1 29', '1 28', '1 27', '1 26'],
    '2 0',
  ]);
});

test('the age is that of the oldest in all shards', async () => {
  expect(await statusOf([])).toMatchObject({ oldestExpiredItemAge: 10, withinBound: true, runs: [] });
});
