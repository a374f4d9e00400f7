import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../../shared/stores/conversations/membership-store.ts';
import { epochMillis, systemClock } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

const conversationId = `g-${'a'.repeat(32)}`;

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations');
  const head = { conversationId, kind: 'group' as const, createdAt: epochMillis(1) };
  await conversationStore(tables.db, 'conversations', systemClock).create(head, ['alice', 'bob'], new Set());
});
afterAll(async () => tables?.close());

const rowOf = (userId: string) =>
  tables.itemOf('conversations', { conversationId, entry: `member#${userId}` });

test('of places noted at the same time the furthest stays, and no later note moves it back', async () => {
  const memberships = membershipStore(tables.db, 'conversations');
  const places = [3, 9, 1, 9, 7];
  const moved = await Promise.all(
    places.map(async (seq) => memberships.markRead(conversationId, 'alice', seq)),
  );
  expect(places.filter((seq, index) => seq === 9 && moved[index])).toEqual([9]);
  expect(await memberships.markRead(conversationId, 'alice', 8)).toBe(false);
  expect(await memberships.markRead(conversationId, 'alice', 9)).toBe(false);
  expect(await rowOf('alice')).toMatchObject({ readSeq: 9 });
  expect(await rowOf('bob')).toMatchObject({ readSeq: 0 });
});

test('who is no member, or is one no more, does not become one by it', async () => {
  const memberships = membershipStore(tables.db, 'conversations');
  expect(await memberships.removeMember(conversationId, 'bob')).toBe(true);
  for (const userId of ['bob', 'mallory']) {
    expect(await memberships.markRead(conversationId, userId, 5)).toBe(false);
    expect(await rowOf(userId)).toBeUndefined();
  }
});
