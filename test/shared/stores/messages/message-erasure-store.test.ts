import { messageErasureStore } from '../../../../shared/stores/messages/message-erasure-store.ts';
import { messageStore } from '../../../../shared/stores/messages/message-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('messages');
  db = tables.db;
});
afterAll(async () => tables?.close());

const conversationId = `d-${'c'.repeat(32)}`;
const expiresAt = 4_000_000_000 as EpochSeconds;

describe('messages', () => {
  const messageOf = (seq: number, from: string, sentAt = seq) => ({
    conversationId,
    seq,
    id: `m${seq}`,
    from,
    sentAt: epochMillis(sentAt),
    expiresAt,
    content: { type: 'text' as const, text: 'words' },
    mentions: ['bob'],
  });
  const all = { conversationId, userId: 'alice', writtenBy: epochMillis(1_000), from: 1, to: 9_999 };

  test('are found by who wrote them and when, held or not, and nothing of their content is read', async () => {
    const messages = messageStore(db, 'messages');
    await messages.put(messageOf(1, 'alice'), false);
    await messages.put(messageOf(2, 'bob'), false);
    await messages.put(messageOf(3, 'alice'), true);
    await messages.put(messageOf(4, 'alice', 1_001), false);
    const found = await messageErasureStore(db, 'messages').written(all);
    const { content: _content, mentions: _mentions, ...first } = messageOf(1, 'alice');
    expect(found).toEqual({ messages: [first, { ...first, seq: 3, id: 'm3', sentAt: 3 }] });
    const narrow = await messageErasureStore(db, 'messages').written({ ...all, from: 2, to: 3 });
    expect(narrow.messages.map(({ seq }) => seq)).toEqual([3]);
  });

  test('leave their number and their times; a number that is gone does not come back', async () => {
    const store = messageErasureStore(db, 'messages');
    for (const message of (await store.written(all)).messages)
      expect(await store.blank(message, epochMillis(9))).toBe(true);
    for (const seq of [1, 3]) {
      const left = { conversationId, seq, sentAt: seq, expiresAt, erasedAt: 9 };
      expect(await tables.itemOf('messages', { conversationId, seq })).toEqual(left);
    }
    expect(await store.blank(messageOf(1, 'alice'), epochMillis(10))).toBe(false);
    expect(await store.blank(messageOf(77, 'alice'), epochMillis(10))).toBe(false);
    expect(await tables.itemOf('messages', { conversationId, seq: 77 })).toBeUndefined();
    expect((await store.written(all)).messages).toEqual([]);
    const { messages } = await messageStore(db, 'messages').list(conversationId, {
      limit: 9,
      newestFirst: false,
    });
    expect(messages.map(({ seq, from }) => [seq, from])).toEqual([
      [1, ''],
      [2, 'bob'],
      [3, ''],
      [4, 'alice'],
    ]);
    expect(await messageStore(db, 'messages').put(messageOf(3, 'alice'), false)).toMatchObject({
      seq: 3,
      from: '',
    });
  });

  test('of a long conversation come in pages that miss nothing', async () => {
    const long = `d-${'l'.repeat(32)}`;
    for (let seq = 1; seq <= 250; seq += 1)
      await messageStore(db, 'messages').put({ ...messageOf(seq, 'alice'), conversationId: long }, false);
    const store = messageErasureStore(db, 'messages');
    const first = await store.written({ ...all, conversationId: long });
    expect(first.last).toBe(first.messages.at(-1)?.seq);
    const rest = await store.written({ ...all, conversationId: long, from: (first.last ?? 0) + 1 });
    expect(first.messages.length + rest.messages.length).toBe(250);
    expect(rest.last).toBeUndefined();
  });
});
