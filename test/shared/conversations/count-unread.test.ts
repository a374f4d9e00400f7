import fc from 'fast-check';
import { countUnread } from '../../../shared/conversations/count-unread.ts';
import type { Membership } from '../../../shared/stores/conversations/conversation-store.ts';
import type { MessageHeader } from '../../../shared/stores/messages/message-header.ts';
import type { Range } from '../../../shared/stores/messages/message-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const conversationId = 'd-1';
const now = 100_000;

type Row = 'mine' | 'theirs' | 'erased' | 'expired' | 'hidden';

const header = (row: Row, at: number): MessageHeader => ({
  ...{ conversationId, seq: at + 1, held: false, id: `m${at}` },
  sentAt: epochMillis(row === 'expired' ? 1 : now - 1_000),
  expiresAt: (row === 'expired' ? 1 : 1_000) as EpochSeconds,
  ...(row === 'hidden' && { hiddenFor: ['alice'] }),
  ...(row === 'erased' ? { tombstonedAt: epochMillis(now) } : { from: row === 'mine' ? 'alice' : 'bob' }),
});

/** As the store gives them: the newest first, a page that is cut at its limit. */
function unreadOf(rows: readonly Row[], readSeq = 0) {
  let pages = 0;
  const all = rows.map(header);
  const messages = {
    headers: async (_id: string, { after = 0, before = Number.MAX_SAFE_INTEGER, limit = 240 }: Range) => {
      pages += 1;
      const found = all.filter(({ seq }) => seq > after && seq < before).reverse();
      return { headers: found.slice(0, limit), more: found.length >= limit };
    },
  };
  const membership = {
    head: { conversationId, lastSeq: rows.length },
    member: { userId: 'alice', readSeq },
  } as unknown as Membership;
  const counting = countUnread({ messages, retention: steadyRetention(60, () => now) }, membership);
  return counting.then((count) => ({ count, pages }));
}

test.each<[string, readonly Row[], number]>([
  ['three of my own', ['mine', 'mine', 'mine'], 0],
  ['two of another one, of which one is erased', ['theirs', 'erased'], 1],
  ['two, both erased', ['erased', 'erased'], 0],
  ['two of somebody whom I block', ['hidden', 'hidden', 'theirs'], 1],
  ['three, of which two have expired', ['expired', 'expired', 'theirs'], 1],
])('unread of %s', async (_, rows, count) => {
  expect(await unreadOf(rows)).toEqual({ count, pages: 1 });
});

test('whatever there is after the place, it is what others wrote and can be read, up to 100', async () => {
  const rows = fc.array(fc.constantFrom<Row>('mine', 'theirs', 'erased', 'expired'), {
    maxLength: 290,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(290), async (all, readSeq) => {
      const wanted = all.slice(readSeq).filter((row) => row === 'theirs').length;
      expect((await unreadOf(all, readSeq)).count).toBe(Math.min(100, wanted));
    }),
  );
});

test('behind a page of messages of oneself the next one is looked at', async () => {
  const rows = [
    ...Array.from({ length: 60 }, () => 'theirs' as const),
    ...Array.from({ length: 130 }, () => 'mine' as const),
  ];
  expect(await unreadOf(rows)).toEqual({ count: 60, pages: 2 });
});

test('however much has been written, no more than three pages are read', async () => {
  const many = (row: Row) => Array.from({ length: 5_000 }, () => row);
  expect(await unreadOf(many('theirs'))).toEqual({ count: 100, pages: 1 });
  expect(await unreadOf(many('mine'))).toEqual({ count: 0, pages: 3 });
});
