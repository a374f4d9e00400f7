import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type PurgeRun, purgeRunStore } from '../../../../shared/stores/privacy/purge-run-store.ts';
import { onlySweeper } from '../../../../shared/stores/privacy/sweeper.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const at = (seconds: number) => seconds as EpochSeconds;

test('one run at a time: the lease is had until it is given back or its time is over', async () => {
  const runs = purgeRunStore(tables.db, 'privacy').of(onlySweeper);
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
    ...onlySweeper,
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
  for (const day of days) await runs.of(onlySweeper).add(run(day), at(4_000_000_000));
  expect(await runs.latest(2)).toEqual([run('2026-01-03T00:00:00.000Z'), run('2026-01-02T00:00:00.000Z')]);
  expect(await tables.itemOf('privacy', { record: 'purge', at: days[0] })).toHaveProperty(
    'expiresAt',
    4_000_000_000,
  );
});

test('a lap that was left is gone on with as it was saved last, until it is ended', async () => {
  const runs = purgeRunStore(tables.db, 'privacy').of(onlySweeper);
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

test('sweepers that share the work are not in the way of each other, nor of the only one', async () => {
  const runs = purgeRunStore(tables.db, 'privacy');
  const sweepers = [onlySweeper, { sweeper: 1, of: 2 }, { sweeper: 2, of: 2 }, { sweeper: 2, of: 3 }];
  const startedAt = '2026-02-01T00:00:00.000Z';
  for (const [index, sweeper] of sweepers.entries()) {
    const own = runs.of(sweeper);
    expect(await own.lease(at(500), at(400))).toBe(true);
    expect(await own.lap()).toBeUndefined();
    await own.saveLap({ cutoff: { expiredBy: at(index), sentBy: epochMillis(0) }, after: {} }, at(4e9));
    const counts = { conversations: index, messagesDeleted: 0, failures: 0, oldestExpiredItemAge: 0 };
    await own.add(
      { ...sweeper, ...counts, startedAt, endedAt: startedAt, retentionSeconds: 60, complete: true },
      at(4e9),
    );
  }
  for (const [index, sweeper] of sweepers.entries()) {
    expect(await runs.of(sweeper).lease(at(500), at(400))).toBe(false);
    expect(await runs.of(sweeper).lap()).toMatchObject({ cutoff: { expiredBy: index } });
  }
  const latest = await runs.latest(4);
  expect(latest.map(({ sweeper, of }) => [sweeper, of]).toSorted()).toEqual([
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 3],
  ]);
});

test('a run that an earlier release has recorded was one of the only sweeper', async () => {
  const earlier = { startedAt: '2027-01-01T00:00:00.000Z', conversations: 3 };
  const Item = { record: 'purge', at: earlier.startedAt, ...earlier };
  await tables.db.send(new PutCommand({ TableName: 'privacy', Item }));
  expect((await purgeRunStore(tables.db, 'privacy').latest(1))[0]).toEqual({ ...onlySweeper, ...earlier });
});
