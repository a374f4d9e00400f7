import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createTables } from '../../../infra/local/dynamodb/create-tables.ts';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/dynamodb/start-dynamodb.ts';
import type { LocalTable } from '../../../infra/local/template/system-model.ts';
import { connectionStore } from '../../../shared/connections/connection-store.ts';
import { consentStore } from '../../../shared/consent/consent-store.ts';
import { conversationStore } from '../../../shared/conversations/conversation-store.ts';
import { membershipStore } from '../../../shared/conversations/membership-store.ts';
import type { ErasureRequest } from '../../../shared/erasure/erasure-request.ts';
import { erasureStore } from '../../../shared/erasure/erasure-store.ts';
import { messageErasureStore } from '../../../shared/erasure/message-erasure-store.ts';
import type { Receipt } from '../../../shared/erasure/receipt.ts';
import { receiptStore } from '../../../shared/erasure/receipt-store.ts';
import { sendErasureStore } from '../../../shared/erasure/send-erasure-store.ts';
import { messageStore } from '../../../shared/messages/message-store.ts';
import { sendKey, sendStore } from '../../../shared/messages/send-store.ts';
import { profileStore } from '../../../shared/profiles/profile-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';

const table = (tableName: string, hash: string, range?: string, type: 'S' | 'N' = 'S'): LocalTable => ({
  tableName,
  attributeTypes: { [hash]: 'S', ...(range !== undefined && { [range]: type }) },
  keys: [
    { name: hash, keyType: 'HASH' },
    ...(range === undefined ? [] : [{ name: range, keyType: 'RANGE' as const }]),
  ],
  indexes: [],
});

let dynamodb: DynamoDb;
let db: DynamoDBDocumentClient;
beforeAll(async () => {
  dynamodb = await startDynamoDb({ region: 'eu-west-1' });
  await createTables(dynamodb.call, [
    table('privacy', 'record', 'at'),
    table('messages', 'conversationId', 'seq', 'N'),
    table('conversations', 'conversationId', 'entry'),
    table('sends', 'userId', 'sendKey'),
    table('consents', 'userId', 'entry', 'N'),
    table('profiles', 'userId'),
    table('connections', 'userId'),
  ]);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  db = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: dynamodb.endpoint, region: 'eu-west-1', credentials }),
  );
});
afterAll(async () => {
  db?.destroy();
  await dynamodb?.close();
});

const itemOf = async (TableName: string, Key: Record<string, unknown>) =>
  (await db.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

const conversationId = `d-${'c'.repeat(32)}`;
const expiresAt = 4_000_000_000 as EpochSeconds;
const request: ErasureRequest = {
  userId: 'alice',
  requestId: 'r1',
  target: { scope: 'account' },
  requestedBy: 'user',
  requestedAt: epochMillis(5),
  writtenBy: epochMillis(5),
  state: 'accepted',
  step: 0,
  tallies: {},
  updatedAt: epochMillis(5),
  revision: 1,
};

describe('open erasures', () => {
  test('of two that go on with a request one gives way, and only the one that was read is closed', async () => {
    const requests = erasureStore(db, 'privacy');
    expect(await requests.save(request, undefined)).toBe(true);
    expect(await requests.save({ ...request, requestId: 'r2' }, undefined)).toBe(false);
    expect(await requests.read(request)).toEqual(request);
    const next = { ...request, step: 1, revision: 2 };
    expect(await requests.save(next, request)).toBe(true);
    expect(await requests.save({ ...next, step: 9 }, request)).toBe(false);
    expect(await requests.close(request)).toBe(false);
    expect(await requests.close(next)).toBe(true);
    expect(await requests.close(next)).toBe(false);
    expect(await requests.read(request)).toBeUndefined();
  });

  test('each target is a request of its own, and a user’s are not those of a longer name', async () => {
    const requests = erasureStore(db, 'privacy');
    const targets = [
      { scope: 'account' },
      { scope: 'profile' },
      { scope: 'conversation', conversationId },
      { scope: 'message', conversationId, seq: 1 },
      { scope: 'message', conversationId, seq: 2 },
    ] as const;
    for (const target of targets) expect(await requests.save({ ...request, target }, undefined)).toBe(true);
    const other = { ...request, userId: 'alice2' };
    await requests.save(other, undefined);
    const found = await requests.list('alice');
    expect(found.map(({ target }) => target)).toEqual(expect.arrayContaining([...targets]));
    expect(found).toHaveLength(targets.length);
    expect(await requests.list()).toHaveLength(targets.length + 1);
  });
});

test('of a request the latest receipt stays, without the end of its keeping', async () => {
  const receipts = receiptStore(db, 'privacy');
  const receipt: Receipt = {
    scope: 'account',
    requestId: 'r1',
    state: 'refused in part',
    requestedBy: 'user',
    requestedAt: 'then',
    finishedAt: 'now',
    stores: [],
  };
  await receipts.put('alice', receipt, expiresAt);
  await receipts.put('alice', { ...receipt, state: 'done' }, expiresAt);
  await receipts.put('bob', { ...receipt, requestId: 'r9' }, expiresAt);
  expect(await receipts.list('alice')).toEqual([{ ...receipt, state: 'done' }]);
  expect(await itemOf('privacy', { record: 'receipts#alice', at: 'r1' })).toMatchObject({ expiresAt });
});

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
      expect(await itemOf('messages', { conversationId, seq })).toEqual(left);
    }
    expect(await store.blank(messageOf(1, 'alice'), epochMillis(10))).toBe(false);
    expect(await store.blank(messageOf(77, 'alice'), epochMillis(10))).toBe(false);
    expect(await itemOf('messages', { conversationId, seq: 77 })).toBeUndefined();
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

test('claims made by then are found page by page and removed, later ones stay', async () => {
  const sends = sendStore(db, 'sends');
  const claimOf = (id: number, claimedAt: number, userId = 'alice') => ({
    userId,
    sendKey: sendKey(conversationId, String(id).padStart(4, '0')),
    claimedAt: epochMillis(claimedAt),
    expiresAt,
  });
  for (let id = 0; id < 130; id += 1) await sends.claim(claimOf(id, 10));
  await sends.claim(claimOf(500, 11));
  await sends.claim(claimOf(0, 10, 'bob'));
  const { sendKey: settled } = claimOf(600, 0);
  await sends.settle({ userId: 'alice', sendKey: settled }, { seq: 1, sentAt: epochMillis(1), expiresAt });

  const erasures = sendErasureStore(db, 'sends');
  const first = await erasures.page('alice', epochMillis(10));
  const second = await erasures.page('alice', epochMillis(10), first.next);
  const keys = [...first.keys, ...second.keys];
  expect(new Set(keys).size).toBe(131);
  expect(keys).toContain(settled);
  expect(second.next).toBeUndefined();
  expect((await erasures.page('alice', epochMillis(10), undefined, first.next)).keys).toEqual(first.keys);
  for (const key of keys) await erasures.remove('alice', key);
  expect(await erasures.page('alice', epochMillis(10))).toEqual({ keys: [] });
  expect((await erasures.page('alice', epochMillis(11))).keys).toHaveLength(1);
  expect((await erasures.page('bob', epochMillis(10))).keys).toHaveLength(1);
});

describe('a conversation that somebody leaves', () => {
  const head = { conversationId, kind: 'direct', createdAt: epochMillis(1), pair: ['alice', 'bob'] } as const;

  test('is shown to be with who is left, is whole again, and in the end nobody’s', async () => {
    const conversations = conversationStore(db, 'conversations');
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
    const conversations = conversationStore(db, 'conversations');
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
    expect(await memberships.remove(conversationId, 'alice')).toBe(true);
    expect(await memberships.remove(conversationId, 'alice')).toBe(false);
    const { members } = (await conversationStore(db, 'conversations').read(conversationId)) ?? {};
    expect([...(members?.keys() ?? [])]).toEqual(['bob']);
  });
});

test('nothing is left of a user without connections, and nothing is taken from one who has some', async () => {
  const connections = connectionStore(db, 'connections');
  const connection = {
    userId: 'alice',
    connectionId: 'c1',
    connectedAt: epochMillis(1),
    expiresAt,
    agreedTo: 'mark',
  };
  await connections.add(connection, 1 as EpochSeconds);
  await connections.forget('alice');
  expect(await connections.listByUser('alice')).toEqual([connection]);
  await connections.remove(connection);
  expect(await itemOf('connections', { userId: 'alice' })).toBeDefined();
  await connections.forget('alice');
  expect(await itemOf('connections', { userId: 'alice' })).toBeUndefined();
  await connections.forget('alice');
});

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

test('a line of the ledger ends once: a later erasure does not prolong it', async () => {
  const ledger = consentStore(db, 'consents');
  const line = {
    userId: 'alice',
    entry: 1,
    decision: 'granted',
    purpose: 'chat',
    policyVersion: '1',
    policyDigest: '',
    decidedAt: epochMillis(1),
  } as const;
  await ledger.append(line);
  await ledger.expire(line, 100 as EpochSeconds);
  await ledger.expire(line, 200 as EpochSeconds);
  expect(await ledger.list('alice')).toEqual([{ ...line, expiresAt: 100 }]);
  await expect(ledger.expire({ userId: 'alice', entry: 2 }, 100 as EpochSeconds)).rejects.toThrow();
  expect(await ledger.list('alice')).toHaveLength(1);
});
