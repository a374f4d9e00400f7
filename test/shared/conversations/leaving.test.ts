import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../../shared/stores/conversations/membership-store.ts';
import { epochMillis, systemClock } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('conversations');
  db = tables.db;
});
afterAll(async () => tables?.close());

const conversationId = `d-${'c'.repeat(32)}`;

describe('a conversation that somebody leaves', () => {
  const head = { conversationId, kind: 'direct', createdAt: epochMillis(1), pair: ['alice', 'bob'] } as const;

  test('is shown to be with who is left, is whole again, and in the end nobody’s', async () => {
    const conversations = conversationStore(db, 'conversations', systemClock);
    const pairOf = async () => (await conversations.read(conversationId))?.head.pair;
    await conversations.create(head, head.pair, new Set());
    await conversations.keepPair(conversationId, ['bob']);
    expect(await pairOf()).toEqual(['bob']);
    await conversations.restorePair(conversationId, head.pair);
    expect(await pairOf()).toEqual(head.pair);
    await conversations.strip(conversationId);
    expect(await pairOf()).toBeUndefined();
    // Whoever was still on the way does not bring a name back into it; to open it again does.
    await conversations.keepPair(conversationId, ['bob']);
    expect(await pairOf()).toBeUndefined();
    await conversations.restorePair(conversationId, head.pair);
    expect(await pairOf()).toEqual(head.pair);
  });

  test('loses its title too; one that does not exist is not made', async () => {
    const conversations = conversationStore(db, 'conversations', systemClock);
    const group = `g-${'g'.repeat(32)}`;
    await conversations.create(
      { conversationId: group, kind: 'group', createdAt: epochMillis(1), title: 'Trip' },
      ['alice'],
      new Set(),
    );
    await conversations.strip(group);
    expect((await conversations.read(group))?.head).not.toHaveProperty('title');
    const none = `g-${'n'.repeat(32)}`;
    await conversations.strip(none);
    await conversations.keepPair(none, ['bob']);
    await conversations.restorePair(none, ['bob']);
    expect(await conversations.read(none)).toBeUndefined();
  });

  test('has one member less, and says whether there was one', async () => {
    const memberships = membershipStore(db, 'conversations');
    expect(await memberships.removeMember(conversationId, 'alice')).toBe(true);
    expect(await memberships.removeMember(conversationId, 'alice')).toBe(false);
    const { members } =
      (await conversationStore(db, 'conversations', systemClock).read(conversationId)) ?? {};
    expect([...(members?.keys() ?? [])]).toEqual(['bob']);
  });
});
