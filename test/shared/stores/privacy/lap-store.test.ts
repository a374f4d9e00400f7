import { type LapStore, lapStore } from '../../../../shared/stores/privacy/lap-store.ts';
import type { EpochSeconds } from '../../../../shared/time.ts';
import { memoryLaps } from '../../../support/memory-lap-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const subjects: readonly (readonly [string, () => LapStore])[] = [
  ['the engine', () => lapStore(tables.db, 'privacy')],
  ['the fake', memoryLaps],
];

test.each(subjects)('of each lap the latest place is kept until its end, on %s', async (_name, subject) => {
  const laps = subject();
  expect(await laps.read('holds')).toBeUndefined();
  await laps.save('holds', 'user#alice', 9 as EpochSeconds);
  await laps.save('holds', 'user#bob', 10 as EpochSeconds);
  await laps.save('erasures', 'carol#account', 9 as EpochSeconds);
  expect([await laps.read('holds'), await laps.read('erasures')]).toEqual(['user#bob', 'carol#account']);
  expect(await laps.read('late-looks')).toBeUndefined();
  await laps.end('holds');
  expect([await laps.read('holds'), await laps.read('erasures')]).toEqual([undefined, 'carol#account']);
});

test('a place ends by itself, so that none is gone on from that has nothing to do with what is there', async () => {
  await lapStore(tables.db, 'privacy').save('holds', 'user#alice', 9 as EpochSeconds);
  expect(await tables.itemOf('privacy', { record: 'laps', at: 'holds' })).toMatchObject({ expiresAt: 9 });
});
