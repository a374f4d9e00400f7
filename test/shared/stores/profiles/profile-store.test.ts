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
const profile = { userId: 'alice', nickname: 'Alice', updatedAt: epochMillis(1), expiresAt };

test('a profile that has been changed meanwhile is not removed', async () => {
  const profiles = profileStore(db, 'profiles', 0);
  await profiles.replace(profile, undefined, false);
  const changed = { ...profile, updatedAt: epochMillis(2) };
  await profiles.replace(changed, profile, false);
  expect(await profiles.remove(profile)).toBe(false);
  expect(await profiles.read(['alice'])).toEqual([changed]);
  expect(await profiles.remove(changed)).toBe(true);
  expect(await profiles.read(['alice'])).toEqual([]);
});

test('of two devices that set a profile one gives way', async () => {
  const profiles = profileStore(db, 'profiles', 0);
  const first = { ...profile, userId: 'bob' };
  expect(await profiles.replace(first, undefined, false)).toBe(true);
  expect(await profiles.replace({ ...first, nickname: 'Rob' }, undefined, false)).toBe(false);
  const second = { ...first, nickname: 'Bobby', updatedAt: epochMillis(2) };
  expect(await profiles.replace(second, first, false)).toBe(true);
  expect(await profiles.replace({ ...second, nickname: 'Rob' }, first, false)).toBe(false);
  expect(await profiles.read(['bob', 'nobody'])).toEqual([second]);
});

test('on hold it has no time to live, and still its end', async () => {
  const profiles = profileStore(db, 'profiles', 0);
  const held = { ...profile, userId: 'carol' };
  await profiles.replace(held, undefined, true);
  expect(await profiles.read(['carol'])).toEqual([held]);
  const item = await tables.itemOf('profiles', { userId: 'carol' });
  expect(item).toHaveProperty('heldExpiresAt', expiresAt);
  expect(item).not.toHaveProperty('expiresAt');
});
