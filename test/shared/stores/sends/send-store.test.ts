import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { conversationRowStore } from '../../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../../shared/stores/conversations/conversation-store.ts';
import { decodeSendKey, type SendKey, sendKeyOf } from '../../../../shared/stores/sends/send-key.ts';
import {
  type IdempotencyRecord,
  recordEnd,
  type SendStore,
  sendStore,
} from '../../../../shared/stores/sends/send-store.ts';
import { transientSendStore } from '../../../../shared/stores/sends/transient-send-store.ts';
import { userSendStore } from '../../../../shared/stores/sends/user-send-store.ts';
import { type EpochSeconds, epochMillis, systemClock } from '../../../../shared/time.ts';
import { memorySendStore, type SendRows } from '../../../support/memory-send-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('sends', 'conversations');
});
afterAll(async () => tables?.close());

type Room = { readonly store: SendStore; readonly lastSeq: () => Promise<number | undefined> };

const stores: Record<string, (conversationId: string) => Promise<Room>> = {
  DynamoDB: async (conversationId) => {
    const head = { conversationId, kind: 'group' as const, createdAt: epochMillis(1) };
    await conversationStore(tables.db, 'conversations', systemClock).create(head, ['alice'], new Set());
    return {
      store: {
        ...sendStore(tables.db, 'sends'),
        ...transientSendStore(tables.db, { sends: 'sends', conversations: 'conversations' }),
        ...userSendStore(tables.db, 'sends'),
      },
      lastSeq: async () =>
        (await conversationRowStore(tables.db, 'conversations', systemClock).readHead(conversationId))
          ?.lastSeq,
    };
  },
  'the fake': async () => {
    const rows: SendRows = new Map();
    let last = 0;
    const sends = {
      of: () => rows,
      all: () => [rows],
      lastSeq: () => last,
      advance: (_id: string, { seq }: { readonly seq: number }) => {
        last = seq;
      },
    };
    return { store: memorySendStore(sends, { pageSize: 100 }), lastSeq: async () => last };
  },
};

const end = 4_000_000_000 as EpochSeconds;
let rooms = 0;

describe.each(Object.keys(stores))('%s', (name) => {
  let store: SendStore;
  let lastSeq: Room['lastSeq'];
  let conversationId: string;
  let alice: string;
  beforeEach(async () => {
    conversationId = `g-${name.length}-${++rooms}`;
    alice = `alice-${name.length}-${rooms}`;
    ({ store, lastSeq } = await stores[name]!(conversationId));
  });

  const keyOf = (id: string, from = alice): SendKey => sendKeyOf({ conversationId, id, from });
  const recordOf = (id: string, claimedAt = 1, from = alice): IdempotencyRecord => ({
    ...keyOf(id, from),
    claimedAt: epochMillis(claimedAt),
    expiresAt: end,
  });
  const placed = (seq: number) => ({ seq, sentAt: epochMillis(seq * 10), expiresAt: end });
  const messageOf = (id: string, seq: number) => ({ conversationId, id, from: alice, ...placed(seq) });

  test('a send is claimed once: who comes second is told what is known of it', async () => {
    expect(await store.claim(recordOf('a'))).toBeUndefined();
    expect(await store.claim(recordOf('a', 7))).toEqual(recordOf('a'));
    await store.recordResult(keyOf('a'), placed(3));
    expect(await store.claim(recordOf('a', 8))).toEqual({ ...recordOf('a'), ...placed(3) });
    expect(await store.claim(recordOf('b'))).toBeUndefined();
    expect(await store.claim(recordOf('a', 1, `${alice}-too`))).toBeUndefined();
  });

  test('a result is recorded also where the record has gone', async () => {
    await store.recordResult(keyOf('a'), placed(3));
    expect(await store.claim(recordOf('a'))).toEqual({ ...keyOf('a'), ...placed(3) });
  });

  test('a number is taken together with the record, or neither', async () => {
    expect(await store.takeNumber(messageOf('a', 2), end)).toBe('behind');
    expect(await store.find(keyOf('a'))).toBeUndefined();
    expect(await lastSeq()).toBe(0);
    expect(await store.takeNumber(messageOf('a', 1), end)).toBe('taken');
    const first = { ...keyOf('a'), claimedAt: 10, ...placed(1) };
    expect(await store.find(keyOf('a'))).toEqual(first);
    expect(await store.takeNumber(messageOf('a', 2), end)).toEqual({ earlier: first });
    expect(await lastSeq()).toBe(1);
    expect(await store.takeNumber(messageOf('b', 1), end)).toBe('behind');
    expect(await store.takeNumber(messageOf('b', 2), end)).toBe('taken');
    expect(await lastSeq()).toBe(2);
  });

  test('what is pushed says so, and nothing is made by saying it', async () => {
    await store.takeNumber(messageOf('a', 1), end);
    await store.markPushed(keyOf('a'));
    expect(await store.find(keyOf('a'))).toMatchObject({ seq: 1, pushed: true });
    await expect(store.markPushed(keyOf('b'))).rejects.toThrow();
    expect(await store.find(keyOf('b'))).toBeUndefined();
  });

  test('of a user all are listed and nobody else’s, from where the last page ended', async () => {
    for (const id of ['a', 'b', 'c']) await store.claim(recordOf(id));
    await store.claim(recordOf('a', 1, `${alice}-too`));
    expect(await store.list(alice)).toEqual({ records: ['a', 'b', 'c'].map((id) => recordOf(id)) });
    expect((await store.list(alice, keyOf('b').sendKey)).records).toEqual([recordOf('c')]);
  });

  test('keys claimed by then are found page by page and removed; later ones stay', async () => {
    const ids = Array.from({ length: 130 }, (_, id) => String(id).padStart(4, '0'));
    for (const id of ids) await store.claim(recordOf(id, 10));
    await store.claim(recordOf('0500', 11));
    await store.claim(recordOf('0000', 10, `${alice}-too`));
    await store.recordResult(keyOf('0600'), placed(1));

    const first = await store.listKeys(alice, epochMillis(10));
    expect(first.keys).toHaveLength(100);
    const second = await store.listKeys(alice, epochMillis(10), first.next);
    const keys = [...first.keys, ...second.keys];
    expect(keys).toEqual([...ids, '0600'].map((id) => keyOf(id).sendKey));
    expect(second.next).toBeUndefined();
    expect((await store.listKeys(alice, epochMillis(10), undefined, first.next)).keys).toEqual(first.keys);
    for (const sendKey of keys) await store.remove({ userId: alice, sendKey });
    expect(await store.listKeys(alice, epochMillis(10))).toEqual({ keys: [] });
    expect((await store.listKeys(alice, epochMillis(11))).keys).toEqual([keyOf('0500').sendKey]);
    expect((await store.listKeys(`${alice}-too`, epochMillis(10))).keys).toHaveLength(1);
  });

  test('of two that take a number at the same time one has it', async () => {
    const outcomes = await Promise.all([
      store.takeNumber(messageOf('a', 1), end),
      store.takeNumber(messageOf('b', 1), end),
    ]);
    expect(outcomes.toSorted()).toEqual(['behind', 'taken']);
  });
});

test('the key of a send tells what it is made of', () => {
  const { userId, sendKey } = sendKeyOf({ conversationId: 'd-1', id: 'm_2-x', from: 'alice' });
  expect([userId, sendKey]).toEqual(['alice', 'd-1#m_2-x']);
  expect(decodeSendKey(sendKey)).toEqual({ conversationId: 'd-1', id: 'm_2-x' });
});

test('a record without the time of its claim is erased as well', async () => {
  const Item = { userId: 'early', sendKey: 'd-1#a', expiresAt: 9 };
  await tables.db.send(new PutCommand({ TableName: 'sends', Item }));
  const { keys } = await userSendStore(tables.db, 'sends').listKeys('early', epochMillis(0));
  expect(keys).toEqual(['d-1#a']);
});

describe('time to live', () => {
  const end = 4_000_000 as EpochSeconds;
  const day = 86_400;
  const claim = async (id: string) => {
    const key = { userId: 'late', sendKey: `d-1#${id}` };
    const store = sendStore(tables.db, 'sends');
    await store.claim({ ...key, claimedAt: epochMillis(1), expiresAt: end });
    return { key, store };
  };
  const placed = (expiresAt: number) => ({
    seq: 1,
    sentAt: epochMillis(1),
    expiresAt: expiresAt as EpochSeconds,
  });

  test('takes the record of a send a day after its end', async () => {
    const { key } = await claim('claimed');
    expect(await tables.itemOf('sends', key)).toMatchObject({ endsAt: end, expiresAt: end + day });
  });

  test('does not take it earlier for a message that ends sooner, whose end the record then says', async () => {
    const { key, store } = await claim('short');
    await store.recordResult(key, placed(end - 9), end);
    expect(await tables.itemOf('sends', key)).toMatchObject({ endsAt: end - 9, expiresAt: end + day });
    expect((await userSendStore(tables.db, 'sends').list('late', 'd-1#claimed')).records).toEqual([
      { ...key, claimedAt: 1, seq: 1, sentAt: 1, expiresAt: end - 9 },
    ]);
  });

  test('waits for a message that was placed long after its claim', async () => {
    const { key, store } = await claim('tardy');
    await store.recordResult(key, placed(end + 9), end);
    expect(await tables.itemOf('sends', key)).toMatchObject({ endsAt: end + 9, expiresAt: end + 9 + day });
  });

  test('is left as it was by an erasure, which does not know the record’s end, and given where there was no record', async () => {
    const { key, store } = await claim('erased');
    await store.recordResult(key, placed(end - 9));
    expect(await tables.itemOf('sends', key)).toMatchObject({ endsAt: end - 9, expiresAt: end + day });
    const gone = { userId: 'late', sendKey: 'd-1#gone' };
    await store.recordResult(gone, placed(end));
    expect(await tables.itemOf('sends', gone)).toMatchObject({ endsAt: end, expiresAt: end + day });
  });

  test('of a message that is not stored takes it a day after the record’s end, and the answer says the message’s', async () => {
    const conversationId = 'd-transient';
    const head = { conversationId, kind: 'group' as const, createdAt: epochMillis(1) };
    await conversationStore(tables.db, 'conversations', systemClock).create(head, ['late'], new Set());
    const store = transientSendStore(tables.db, { sends: 'sends', conversations: 'conversations' });
    const message = { conversationId, id: 'a', from: 'late', ...placed(5) };
    await store.takeNumber(message, end);
    const key = sendKeyOf(message);
    expect(await tables.itemOf('sends', key)).toMatchObject({ endsAt: 5, expiresAt: end + day });
    expect(await store.find(key)).toMatchObject({ expiresAt: 5 });
    expect(await store.takeNumber(message, end)).toMatchObject({ earlier: { expiresAt: 5 } });
  });

  test.each([
    ['the retention', 604_801, 604_801],
    ['a day, where the retention is shorter', 46, 86_401],
  ])('a record ends after %s', (_, expiresAt, at) => {
    expect(recordEnd({ claimedAt: epochMillis(1_000), expiresAt: expiresAt as EpochSeconds })).toBe(at);
  });
});
