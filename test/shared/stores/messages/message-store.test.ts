import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type { Message } from '../../../../shared/stores/messages/message.ts';
import { messageDeletion } from '../../../../shared/stores/messages/message-deletion-store.ts';
import { isShownTo, type MessageHeader } from '../../../../shared/stores/messages/message-header.ts';
import {
  type Authored,
  type MessageStore,
  messageStore,
  type Range,
  type Reader,
} from '../../../../shared/stores/messages/message-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type MessageRows, memoryMessageStore } from '../../../support/memory-message-store.ts';
import { steadyRetention } from '../../../support/steady-retention.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('messages');
});
afterAll(async () => tables?.close());

const stores: Record<string, () => MessageStore> = {
  DynamoDB: () => ({
    ...messageStore(tables.db, 'messages'),
    ...messageDeletion(
      tables.db,
      'messages',
      async () => 'removed' as const,
      async () => undefined,
    ),
  }),
  'the fake': () => {
    const rooms = new Map<string, MessageRows>();
    const rowsOf = (id: string) => {
      const rows = rooms.get(id) ?? { messages: new Map(), timeless: new Set(), claims: new Map() };
      rooms.set(id, rows);
      return rows;
    };
    return memoryMessageStore(rowsOf, { pageSize: 240 });
  },
};

const end = 4_000_000_000 as EpochSeconds;
let conversations = 0;

describe.each(Object.keys(stores))('%s', (name) => {
  let store: MessageStore;
  let conversationId: string;
  beforeEach(() => {
    store = stores[name]!();
    conversationId = `d-${name.length}-${++conversations}`;
  });

  const messageOf = (seq: number, from = 'alice'): Message => ({
    conversationId,
    seq,
    id: `m${seq}`,
    from,
    sentAt: epochMillis(seq * 1_000),
    expiresAt: end,
    content: { type: 'text' as const, text: `words ${seq}` },
  });
  const headerOf = (seq: number, from = 'alice', held = false): Authored => {
    const { content: _content, ...rest } = messageOf(seq, from);
    return { ...rest, held };
  };
  const policyAt = (now: number, retentionSeconds = 1e9) => steadyRetention(retentionSeconds, () => now);
  const early = policyAt(0);
  const seqsOf = async (range: Range) =>
    (await store.headers(conversationId, range)).headers.map(({ seq }) => seq);
  const fill = async (...seqs: readonly number[]) => {
    for (const seq of seqs) await store.append(messageOf(seq), false);
  };

  test('what is hidden from somebody is read by everybody else, and nobody learns from whom', async () => {
    await store.append(messageOf(1), false, ['bob']);
    await store.append(messageOf(2), false);
    const readBy = async (reader: Reader) =>
      (await store.readable(conversationId, {}, early, reader)).messages;
    expect(await readBy({ userId: 'bob' })).toEqual([messageOf(2)]);
    expect(await readBy({ userId: 'alice' })).toEqual([messageOf(1), messageOf(2)]);
    expect(await readBy('anyone')).toEqual([messageOf(1), messageOf(2)]);
    expect(await store.get(conversationId, 1, early, { userId: 'bob' })).toBeUndefined();
    const { headers } = await store.headers(conversationId, {});
    expect(headers.map((each) => isShownTo(each, 'bob'))).toEqual([false, true]);
  });

  test('a number is given once: who comes second is told who has it', async () => {
    expect(await store.append(messageOf(1), false)).toBeUndefined();
    const second = { ...messageOf(1, 'bob'), id: 'other' };
    expect(await store.append(second, true)).toEqual(headerOf(1));
    expect(await store.get(conversationId, 1, early, 'anyone')).toEqual(messageOf(1));
  });

  test('all that a message has is read again', async () => {
    const full: Message = {
      ...messageOf(1),
      content: { type: 'image', mediaId: 'media1', media: { contentType: 'image/png', bytes: 7 } },
      replyTo: { seq: 1, from: 'bob', excerpt: 'quoted' } as unknown as NonNullable<Message['replyTo']>,
      mentions: ['bob'],
    };
    await store.append(full, false);
    expect(await store.get(conversationId, 1, early, 'anyone')).toEqual(full);
    expect((await store.headers(conversationId, {})).headers).toEqual([
      { ...headerOf(1), mediaId: 'media1' },
    ]);
  });

  test('custom data is given back as it was, whatever DynamoDB makes of such values', async () => {
    const data = [1e300, 5e-324, '', { '': 0, b: 1, a: 2, __proto__: null }, [], {}, null, 0.1, 2 ** 53];
    const values = [...fc.sample(fc.jsonValue(), 30), JSON.parse('{"__proto__":{"x":1}}'), data];
    for (const [index, value] of values.entries()) {
      const message: Message = {
        ...messageOf(index + 1),
        content: { type: 'custom', kind: 'poll', data: value },
      };
      await store.append(message, index % 2 === 0);
      const read = await store.get(conversationId, index + 1, early, 'anyone');
      expect(read?.content).toMatchObject({ type: 'custom', kind: 'poll' });
      // Not `toEqual`: the order of keys counts, and what is called `__proto__`.
      expect(JSON.stringify(read?.content)).toContain(JSON.stringify(value));
    }
  });

  test('pages keep to their bounds, order and length, and say whether there is more', async () => {
    await fill(1, 2, 3, 4, 5);
    expect(await seqsOf({})).toEqual([1, 2, 3, 4, 5]);
    expect(await seqsOf({ after: 1, before: 5 })).toEqual([2, 3, 4]);
    expect(await seqsOf({ newestFirst: true, limit: 2 })).toEqual([5, 4]);
    expect(await seqsOf({ after: 2, limit: 2 })).toEqual([3, 4]);
    expect(await seqsOf({ after: 3, before: 4 })).toEqual([]);
    expect((await store.headers(conversationId, { after: 2, limit: 2 })).more).toBe(true);
    expect((await store.headers(conversationId, { after: 2 })).more).toBe(false);
    expect((await store.readable(conversationId, { limit: 2 }, early, 'anyone')).more).toBe(true);
    expect((await store.readable(conversationId, {}, early, 'anyone')).more).toBe(false);
  });

  test('a long conversation comes in pages that miss nothing', async () => {
    const all = Array.from({ length: 250 }, (_, index) => index + 1);
    await fill(...all);
    const seqs: number[] = [];
    for (let after = 0, more = true; more; after = seqs.at(-1) ?? 0) {
      const page = await store.headers(conversationId, { after });
      seqs.push(...page.headers.map(({ seq }) => seq));
      more = page.more;
    }
    expect(seqs).toEqual(all);
  });

  test('what has ended is not given out from that instant on, by neither of the two times', async () => {
    await store.append({ ...messageOf(1), expiresAt: 61 as EpochSeconds }, false);
    await fill(2);
    const readableAt = async (now: number, retentionSeconds?: number) => {
      const policy = policyAt(now, retentionSeconds);
      const page = await store.readable(conversationId, {}, policy, 'anyone');
      const got = [
        await store.get(conversationId, 1, policy, 'anyone'),
        await store.get(conversationId, 2, policy, 'anyone'),
      ];
      const seqs = page.messages.map(({ seq }) => seq);
      expect(got.flatMap((message) => (message === undefined ? [] : [message.seq]))).toEqual(seqs);
      expect(page.reached).toBe(2);
      return seqs;
    };
    expect(await readableAt(60_999)).toEqual([1, 2]);
    expect(await readableAt(61_000)).toEqual([2]);
    expect(await readableAt(11_999, 10)).toEqual([2]);
    expect(await readableAt(12_000, 10)).toEqual([]);
    expect(await seqsOf({})).toEqual([1, 2]);
  });

  test('an empty page has come to no number', async () => {
    const nothing = { messages: [], reacted: [], reached: undefined, more: false };
    expect(await store.readable(conversationId, {}, early, 'anyone')).toEqual(nothing);
    expect(await store.get(conversationId, 7, early, 'anyone')).toBeUndefined();
  });

  test('a tombstone keeps its number and its times; what is gone does not come back', async () => {
    await fill(1, 2);
    const at = epochMillis(9);
    expect(await store.tombstone(headerOf(1, 'bob'), at)).toBe(false);
    expect(await store.tombstone(headerOf(1), at)).toBe(true);
    expect(await store.tombstone(headerOf(1), epochMillis(10))).toBe(false);
    expect(await store.tombstone(headerOf(77), at)).toBe(false);
    const { id: _id, from: _from, ...left } = headerOf(1);
    expect((await store.headers(conversationId, {})).headers).toEqual([
      { ...left, tombstonedAt: 9 },
      headerOf(2),
    ]);
    const { messages } = await store.readable(conversationId, {}, early, 'anyone');
    expect(messages).toEqual([messageOf(2)]);
    expect(await store.get(conversationId, 1, early, 'anyone')).toBeUndefined();
    expect(await store.append(messageOf(1), false)).toEqual({ ...left, tombstonedAt: 9 });
  });

  test('a message keeps its end while its time to live is off, for all that read it', async () => {
    await fill(1);
    await store.append(messageOf(2, 'bob'), true);
    const headers = async () => (await store.headers(conversationId, {})).headers;
    expect(await headers()).toEqual([headerOf(1), headerOf(2, 'bob', true)]);
    for (const held of [true, false]) {
      expect(await store.setHeld(headerOf(1), held, epochMillis(0))).toBe(true);
      expect(await store.setHeld(headerOf(1), held, epochMillis(0))).toBe(false);
      expect((await headers())[0]).toEqual(headerOf(1, 'alice', held));
      expect(await store.get(conversationId, 1, early, 'anyone')).toEqual(messageOf(1));
      expect(await store.append(messageOf(1), true)).toEqual(headerOf(1, 'alice', held));
    }
    expect(await store.setHeld(headerOf(99), true, epochMillis(0))).toBe(false);
    expect(await headers()).toHaveLength(2);
  });

  test('what is deleted is gone, once and for all', async () => {
    await fill(1, 2, 3);
    const { headers } = await store.headers(conversationId, { before: 3 });
    const tombstone: MessageHeader = { ...headerOf(3), tombstonedAt: epochMillis(9) };
    await store.tombstone(headerOf(3), epochMillis(9));
    await store.delete(headers);
    expect(await seqsOf({})).toEqual([3]);
    await store.delete([...headers, tombstone]);
    expect(await seqsOf({})).toEqual([]);
    expect(await store.append(messageOf(1), false)).toBeUndefined();
  });
});

describe('what is stored', () => {
  const conversationId = 'd-stored';
  const message: Message = {
    ...{ conversationId, seq: 1, id: 'm1', from: 'alice', sentAt: epochMillis(1_000), expiresAt: end },
    content: { type: 'text', text: 'words' },
    mentions: ['bob'],
  };
  const itemOf = async (seq = 1) => tables.itemOf('messages', { conversationId, seq });

  const margin = 1_000;
  const stored = { ...message, endsAt: end, expiresAt: end + margin };
  const { expiresAt: _later, ...timeless } = { ...stored, heldExpiresAt: end };

  test('says when it ends, and a while later time to live takes it; under hold it never does', async () => {
    const store = messageStore(tables.db, 'messages', margin);
    await store.append(message, false);
    expect(await itemOf()).toEqual(stored);
    const readAt = async (now: number) =>
      store.get(
        conversationId,
        1,
        steadyRetention(1e10, () => now),
        'anyone',
      );
    expect(await readAt(end * 1_000 - 1)).toEqual(message);
    expect(await readAt(end * 1_000)).toBeUndefined();
    await store.setHeld(message, true, epochMillis(0));
    expect(await itemOf()).toEqual(timeless);
    await store.setHeld(message, false, epochMillis(0));
    expect(await itemOf()).toEqual(stored);
    await store.append({ ...message, seq: 2 }, true);
    expect(await itemOf(2)).toEqual({ ...timeless, seq: 2 });
  });

  test('of what a hold has kept beyond its end is the sweeper’s first, not time to live’s', async () => {
    const store = messageStore(tables.db, 'messages', margin);
    const released = epochMillis((end + 500) * 1_000);
    const held = { ...message, seq: 5 };
    await store.append(held, true);
    await store.setHeld(held, false, released);
    expect(await itemOf(5)).toEqual({ ...stored, seq: 5, expiresAt: end + 500 + margin });
    expect(
      await store.get(
        conversationId,
        5,
        steadyRetention(1e10, () => end * 1_000),
        'anyone',
      ),
    ).toBeUndefined();
  });

  test('by an earlier release ends when its time to live says, held or not', async () => {
    const store = messageStore(tables.db, 'messages', margin);
    const { expiresAt, ...rest } = message;
    const items = [
      { ...message, seq: 6 },
      { ...rest, seq: 7, heldExpiresAt: expiresAt },
    ];
    const requests = { messages: items.map((Item) => ({ PutRequest: { Item } })) };
    await tables.db.send(new BatchWriteCommand({ RequestItems: requests }));
    for (const seq of [6, 7]) {
      const readAt = async (now: number) =>
        store.get(
          conversationId,
          seq,
          steadyRetention(1e10, () => now),
          'anyone',
        );
      expect(await readAt(end * 1_000 - 1)).toEqual({ ...message, seq });
      expect(await readAt(end * 1_000)).toBeUndefined();
    }
    const { headers } = await store.headers(conversationId, { after: 5, before: 8 });
    for (const header of headers) await store.setHeld(header, !header.held, epochMillis(0));
    expect(await itemOf(6)).toEqual({ ...timeless, seq: 6 });
    expect(await itemOf(7)).toEqual({ ...stored, seq: 7 });
  });

  test('where there is no sweeper goes by time to live as soon as it has ended', async () => {
    await messageStore(tables.db, 'messages').append({ ...message, seq: 8 }, false);
    expect(await itemOf(8)).toMatchObject({ endsAt: end, expiresAt: end });
  });

  test('of a tombstone is the number and the times', async () => {
    const store = messageStore(tables.db, 'messages', margin);
    await store.tombstone({ ...message, held: false }, epochMillis(9));
    const { seq, sentAt } = message;
    const times = { endsAt: end, expiresAt: end + margin };
    expect(await itemOf()).toEqual({ conversationId, seq, sentAt, ...times, erasedAt: 9 });
  });

  test('by a later release beside a message is not passed on', async () => {
    const Item = { ...message, seq: 3, colour: 'red' };
    const requests = { messages: [{ PutRequest: { Item } }] };
    await tables.db.send(new BatchWriteCommand({ RequestItems: requests }));
    const policy = steadyRetention(1e9, () => 0);
    expect(await messageStore(tables.db, 'messages').get(conversationId, 3, policy, 'anyone')).toEqual({
      ...message,
      seq: 3,
    });
  });
});
