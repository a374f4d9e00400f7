import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { conversationRowStore } from '../../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../../shared/stores/conversations/conversation-store.ts';
import { purgeIndexStore } from '../../../../shared/stores/conversations/purge-index-store.ts';
import {
  encodeEarlierMark,
  retryAttribute,
  retryMarksOf,
} from '../../../../shared/stores/conversations/retry-mark.ts';
import { epochMillis, systemClock } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations');
});
afterAll(async () => tables?.close());

const store = () => conversationStore(tables.db, 'conversations', systemClock);
const earlier = { at: 1_700_000_000_000, userId: 'alice', id: 'm-1' };
const itemOf = async (conversationId: string) =>
  (await tables.itemOf('conversations', { conversationId, entry: 'head' })) ?? {};

test('a mark of an earlier release is read as it has stored it, and names its send', () => {
  expect(encodeEarlierMark(earlier)).toBe('1700000000000 alice m-1');
  expect(retryMarksOf({ contested: new Set([encodeEarlierMark(earlier)]) })).toEqual([earlier]);
});

test('a mark of this release stands under its user and names none', () => {
  expect(retryAttribute('alice')).toBe('retried alice');
  expect(retryMarksOf({ lastSeq: 3, [retryAttribute('alice')]: 5 })).toEqual([{ at: 5, userId: 'alice' }]);
});

test('whoever repeats whatever and however often, the head has a mark of each member and no more', async () => {
  const members = Array.from({ length: 6 }, (_, index) => `${'u'.repeat(120)}-${index}`);
  const repeats = fc.array(fc.record({ userId: fc.constantFrom(...members), at: fc.nat(2e12) }), {
    minLength: 1,
    maxLength: 60,
  });
  let rooms = 0;
  await fc.assert(
    fc.asyncProperty(repeats, async (marks) => {
      const conversationId = `g-${++rooms}`;
      const head = { conversationId, kind: 'group', createdAt: epochMillis(1) } as const;
      await store().create(head, members, new Set());
      const before = JSON.stringify(await itemOf(conversationId)).length;
      for (const mark of marks) await store().markRetry(conversationId, mark);
      const bytes = JSON.stringify(await itemOf(conversationId)).length;
      expect(bytes - before).toBeLessThanOrEqual(
        members.length * (retryAttribute(members[0] ?? '').length + 20),
      );
      const { retryMarks = [] } = (await store().read(conversationId))?.head ?? {};
      const last = new Map(marks.map((mark) => [mark.userId, mark]));
      expect(new Set(retryMarks)).toEqual(new Set(last.values()));
    }),
    { numRuns: 20 },
  );
});

test('marks of earlier releases are cleared with those of this one, and by the sweeper', async () => {
  const conversationId = 'g-earlier';
  const head = { conversationId, entry: 'head', lastSeq: 0, purgeRevision: 1, purgeShard: '1' };
  const contested = new Set(
    Array.from({ length: 526 }, (_, index) => encodeEarlierMark({ ...earlier, id: `m-${index}` })),
  );
  const put = new PutCommand({ TableName: 'conversations', Item: { ...head, contested } });
  await tables.db.send(put);
  const { retryMarks } = await store().markRetry(conversationId, { at: 9, userId: 'bob' });
  expect(retryMarks).toHaveLength(527);
  await store().clearRetries(conversationId, retryMarks);
  expect(await itemOf(conversationId)).toEqual(head);
  await tables.db.send(put);
  const seen = await conversationRowStore(tables.db, 'conversations', systemClock).readHead(conversationId);
  expect(await purgeIndexStore(tables.db, 'conversations').replacePurgeMark(seen!, {})).toBe(true);
  expect(await itemOf(conversationId)).not.toHaveProperty('contested');
});
