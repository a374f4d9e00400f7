import type { LateLook } from '../../../../shared/stores/privacy/late-look.ts';
import { lateLookStore } from '../../../../shared/stores/privacy/late-look-store.ts';
import { epochMillis } from '../../../../shared/time.ts';
import { collect } from '../../../support/collect.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const look = (id: string): LateLook => ({
  id,
  userId: 'alice',
  scope: 'account',
  writtenBy: epochMillis(1),
  conversationIds: ['d-1'],
  dueAt: epochMillis(2),
  revision: 1,
});

test('a look is noted once, and of two that go on with it one gives way', async () => {
  const looks = lateLookStore(tables.db, 'privacy');
  const first = look('alice#account#1#a');
  expect(await looks.save(first, undefined)).toBe(true);
  expect(await looks.save({ ...first, conversationIds: [] }, undefined)).toBe(false);
  const next = { ...first, conversationIds: [], after: 'there', revision: 2 };
  expect(await looks.save(next, first)).toBe(true);
  expect(await looks.save({ ...next, after: 'elsewhere' }, first)).toBe(false);
  expect(await looks.read(first.id)).toEqual(next);
  expect(await looks.remove(first)).toBe(false);
  expect(await looks.remove(next)).toBe(true);
  expect(await looks.read(first.id)).toBeUndefined();
});

test('of a look that was over and is noted again nobody goes on who has read the first', async () => {
  const looks = lateLookStore(tables.db, 'privacy');
  // A release before gave them no id of their own.
  for (const noted of [look('alice#account#1#d'), { ...look('alice#account#1#d'), noteId: 'n1' }]) {
    await looks.save(noted, undefined);
    await looks.remove(noted);
    const again = { ...noted, noteId: 'n2' };
    await looks.save(again, undefined);
    expect(await looks.save({ ...noted, conversationIds: [], revision: 2 }, noted)).toBe(false);
    expect(await looks.remove(noted)).toBe(false);
    expect(await looks.read(noted.id)).toEqual(again);
    expect(await looks.remove(again)).toBe(true);
  }
});

test('a look that a release before has noted is gone on with', async () => {
  const looks = lateLookStore(tables.db, 'privacy');
  const noted = look('alice#account#1#e');
  const next = { ...noted, revision: 2 };
  await looks.save(noted, undefined);
  expect(await looks.save(next, noted)).toBe(true);
  expect(await looks.remove(next)).toBe(true);
});

test('all that are not over are listed in order, from a place on', async () => {
  const looks = lateLookStore(tables.db, 'privacy');
  for (const id of ['bob#account#1#c', 'alice#everything#1#b']) await looks.save(look(id), undefined);
  const ids = async (after?: string) => (await collect(looks.each(after))).map(({ id }) => id);
  expect(await ids()).toEqual(['alice#everything#1#b', 'bob#account#1#c']);
  expect(await ids('alice#everything#1#b')).toEqual(['bob#account#1#c']);
});
