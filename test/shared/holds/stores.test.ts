import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { holdMarkStore } from '../../../shared/stores/conversations/hold-mark-store.ts';
import { purgeIndexStore } from '../../../shared/stores/conversations/purge-index-store.ts';
import { heldMessageStore } from '../../../shared/stores/messages/held-message-store.ts';
import { messageStore } from '../../../shared/stores/messages/message-store.ts';
import { stampStore } from '../../../shared/stores/messages/purge-message-store.ts';
import { holdStore } from '../../../shared/stores/privacy/hold-store.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('privacy', 'messages', 'conversations');
  db = tables.db;
});
afterAll(async () => tables?.close());

const alice: HoldTarget = { kind: 'user', userId: 'alice' };
const newHold = { target: alice, state: 'held', since: epochMillis(7), moved: 0 } as const;

test('of two that change a hold one gives way, and only holds in force are listed', async () => {
  const holds = holdStore(db, 'privacy');
  expect(await holds.replace(newHold, undefined)).toBe(true);
  expect(await holds.replace(newHold, undefined)).toBe(false);
  const first = await holds.find(alice);
  expect(first).toEqual({ ...newHold, revision: 1 });
  const conversation: HoldTarget = { kind: 'conversation', conversationId: 'd-1' };
  await holds.replace({ ...newHold, target: conversation }, undefined);
  expect(await holds.list()).toEqual({ users: new Set(['alice']), conversations: new Set(['d-1']) });

  expect(await holds.replace({ ...newHold, state: 'releasing' }, first)).toBe(true);
  expect(await holds.replace({ ...newHold, moved: 9 }, first)).toBe(false);
  expect(first && (await holds.remove(first))).toBe(false);
  expect((await holds.list()).users).toEqual(new Set());
  expect(await holds.all()).toHaveLength(2);

  const second = await holds.find(alice);
  expect(second && (await holds.remove(second))).toBe(true);
  expect(await holds.find(alice)).toBeUndefined();
});

const message = {
  conversationId: 'd-1',
  seq: 1,
  id: 'm1',
  from: 'alice',
  sentAt: epochMillis(1_000),
  expiresAt: 61 as EpochSeconds,
  content: { type: 'text' as const, text: 'words' },
};

test('a message keeps its end while its time to live is off, for all that read it', async () => {
  const held = heldMessageStore(db, 'messages');
  const key = { conversationId: 'd-1', seq: 1 };
  await messageStore(db, 'messages').put(message, false);
  const item = async () => (await db.send(new GetCommand({ TableName: 'messages', Key: key }))).Item;
  for (const wanted of [true, false]) {
    expect(await held.setHeld(key, wanted)).toBe(true);
    expect(await held.setHeld(key, wanted)).toBe(false);
    expect(await item()).toHaveProperty(wanted ? 'heldExpiresAt' : 'expiresAt', 61);
    expect(await item()).not.toHaveProperty(wanted ? 'expiresAt' : 'heldExpiresAt');
    expect(await held.page('d-1', 0)).toEqual({
      stamps: [{ ...key, from: 'alice', held: wanted }],
      more: false,
    });
    const range = { limit: 5, newestFirst: false };
    expect((await messageStore(db, 'messages').list('d-1', range)).messages).toEqual([message]);
    expect((await stampStore(db, 'messages').stamps('d-1', 0)).stamps).toMatchObject([
      { seq: 1, expiresAt: 61 },
    ]);
    expect(await messageStore(db, 'messages').put(message, true)).toEqual(message);
  }
});

test('what was deleted meanwhile does not come back', async () => {
  const key = { conversationId: 'd-1', seq: 99 };
  expect(await heldMessageStore(db, 'messages').setHeld(key, true)).toBe(false);
  const marks = holdMarkStore(db, 'conversations');
  await marks.holdConversation('d-none');
  await marks.releaseConversation('d-none', 9 as EpochSeconds);
  await marks.setMember('d-none', 'alice', true);
  expect(await db.send(new ScanCommand({ TableName: 'conversations' }))).toMatchObject({ Count: 0 });
});

test('a held head is out of the index, and the sweeper that read it before changes nothing', async () => {
  const marks = holdMarkStore(db, 'conversations');
  const index = purgeIndexStore(db, 'conversations');
  const marked = { purgeShard: '3', nextPurgeAt: 50, purgeFrom: 1_000, purgeRevision: 4 };
  const head = { conversationId: 'd-1', entry: 'head', lastSeq: 1, ...marked };
  await db.send(new PutCommand({ TableName: 'conversations', Item: head }));
  const before = await index.head('d-1');
  await marks.holdConversation('d-1');
  expect(await index.head('d-1')).toEqual({
    conversationId: 'd-1',
    lastSeq: 1,
    held: true,
    purgeRevision: 5,
    contested: new Set(),
  });
  expect(before && (await index.remark(before, { purgeShard: '3' }))).toBe(false);
  await marks.releaseConversation('d-1', 70 as EpochSeconds);
  expect(await index.head('d-1')).toMatchObject({
    nextPurgeAt: 70,
    purgeFrom: 70_000,
    releasedAt: 70,
    mixedUntil: 86_470,
  });
  expect(await index.head('d-1')).not.toHaveProperty('held');
});
