import { type PurgeRun, purgeRunStore } from '../../../../shared/stores/privacy/purge-run-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const at = (seconds: number) => seconds as EpochSeconds;

test('one run at a time: the lease is had until it is given back or its time is over', async () => {
  const runs = purgeRunStore(tables.db, 'privacy');
  expect(await runs.lease(at(100), at(40))).toBe(true);
  expect(await runs.lease(at(150), at(99))).toBe(false);
  expect(await runs.lease(at(160), at(100))).toBe(true);
  // The first run, late: what the second one has is not given back.
  await runs.release(at(100));
  expect(await runs.lease(at(170), at(110))).toBe(false);
  await runs.release(at(160));
  expect(await runs.lease(at(170), at(110))).toBe(true);
});

test('the last runs are read newest first, as they were written', async () => {
  const runs = purgeRunStore(tables.db, 'privacy');
  const run = (startedAt: string): PurgeRun => ({
    startedAt,
    endedAt: startedAt,
    retentionSeconds: 60,
    conversations: 1,
    messagesDeleted: 2,
    failures: 0,
    complete: true,
    oldestExpiredItemAge: 0,
  });
  const days = ['2026-01-02', '2026-01-03', '2026-01-01'].map((day) => `${day}T00:00:00.000Z`);
  for (const day of days) await runs.add(run(day), at(4_000_000_000));
  expect(await runs.latest(2)).toEqual([run('2026-01-03T00:00:00.000Z'), run('2026-01-02T00:00:00.000Z')]);
  expect(await tables.itemOf('privacy', { record: 'purge', at: days[0] })).toHaveProperty(
    'expiresAt',
    4_000_000_000,
  );
});

test('a lap that was left is gone on with as it was saved last, until it is ended', async () => {
  const runs = purgeRunStore(tables.db, 'privacy');
  const place = { cutoff: { expiredBy: at(100), sentBy: epochMillis(5_000) }, after: {} };
  expect(await runs.lap()).toBeUndefined();
  await runs.saveLap(place, at(4_000_000_000));
  const later = { ...place, after: { 'nextPurgeAt-3': { conversationId: 'd-1', bound: 70 } } };
  await runs.saveLap(later, at(4_000_000_000));
  expect(await runs.lap()).toEqual(later);
  expect(await tables.itemOf('privacy', { record: 'purge-lap', at: 'lap' })).toHaveProperty('expiresAt');
  await runs.endLap();
  expect(await runs.lap()).toBeUndefined();
});
