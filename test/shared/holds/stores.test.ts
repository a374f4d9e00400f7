import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { holdMarkStore } from '../../../shared/stores/conversations/hold-mark-store.ts';
import { purgeIndexStore } from '../../../shared/stores/conversations/purge-index-store.ts';
import { messageStore } from '../../../shared/stores/messages/message-store.ts';
import { type EpochSeconds, epochMillis, systemClock } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('messages', 'conversations');
  db = tables.db;
});
afterAll(async () => tables?.close());

test('what was deleted meanwhile does not come back', async () => {
  const key = { conversationId: 'd-1', seq: 99 };
  expect(
    await messageStore(db, 'messages').setHeld(
      { ...key, expiresAt: 1 as EpochSeconds },
      true,
      epochMillis(0),
    ),
  ).toBe(false);
  const marks = holdMarkStore(db, 'conversations');
  await marks.holdConversation('d-none');
  await marks.releaseConversation('d-none', 9 as EpochSeconds);
  await marks.setMemberHeld('d-none', 'alice', true);
  expect(await db.send(new ScanCommand({ TableName: 'conversations' }))).toMatchObject({ Count: 0 });
});

test('a held head is out of the index, and the sweeper that read it before changes nothing', async () => {
  const marks = holdMarkStore(db, 'conversations');
  const index = purgeIndexStore(db, 'conversations');
  const rows = conversationRowStore(db, 'conversations', systemClock);
  const marked = { purgeShard: '3', nextPurgeAt: 50, purgeFrom: 1_000, purgeRevision: 4 };
  const head = { conversationId: 'd-1', entry: 'head', lastSeq: 1, ...marked };
  await db.send(new PutCommand({ TableName: 'conversations', Item: head }));
  const before = await rows.readHead('d-1');
  await marks.holdConversation('d-1');
  expect(await rows.readHead('d-1')).toEqual({
    conversationId: 'd-1',
    lastSeq: 1,
    held: true,
    purgeRevision: 5,
    retryMarks: [],
  });
  expect(before && (await index.replacePurgeMark(before, { purgeShard: '3' }))).toBe(false);
  await marks.releaseConversation('d-1', 70 as EpochSeconds);
  expect(await rows.readHead('d-1')).toMatchObject({
    nextPurgeAt: 70,
    purgeFrom: 70_000,
    releasedAt: 70,
    mixedUntil: 86_470,
  });
  expect(await rows.readHead('d-1')).not.toHaveProperty('held');
});
