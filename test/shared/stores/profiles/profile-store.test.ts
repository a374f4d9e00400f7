import { profileStore } from '../../../../shared/stores/profiles/profile-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('profiles');
  db = tables.db;
});
afterAll(async () => tables?.close());

const expiresAt = 4_000_000_000 as EpochSeconds;

test('a profile that has been changed meanwhile is not removed', async () => {
  const profiles = profileStore(db, 'profiles');
  const profile = { userId: 'alice', nickname: 'Alice', updatedAt: epochMillis(1), expiresAt };
  await profiles.replace(profile, undefined, false);
  const changed = { ...profile, updatedAt: epochMillis(2) };
  await profiles.replace(changed, profile, false);
  expect(await profiles.remove(profile)).toBe(false);
  expect(await profiles.read(['alice'])).toEqual([changed]);
  expect(await profiles.remove(changed)).toBe(true);
  expect(await profiles.read(['alice'])).toEqual([]);
});
