import fc from 'fast-check';
import { countUnread } from '../../../shared/conversations/count-unread.ts';
import type { Membership } from '../../../shared/stores/conversations/conversation-store.ts';
import type {
  ListedHeader,
  ListedMessageStore,
} from '../../../shared/stores/messages/listed-message-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const conversationId = 'd-1';
const now = 100_000;

type Row = 'mine' | 'theirs' | 'to me' | 'to all' | 'event' | 'erased' | 'expired' | 'hidden' | 'blocked';

const authors: Partial<Record<Row, string>> = { mine: 'alice', blocked: 'mallory' };

const header = (row: Row, at: number): ListedHeader => ({
  ...{ conversationId, seq: at + 1, held: false, id: `m${at}` },
  sentAt: epochMillis(row === 'expired' ? 1 : now - 1_000),
  expiresAt: (row === 'expired' ? 1 : 1_000) as EpochSeconds,
  ...(row === 'hidden' && { hiddenFor: ['alice'] }),
  ...(row === 'erased'
    ? { tombstonedAt: epochMillis(now) }
    : { from: authors[row] ?? 'bob', type: row === 'event' ? 'event' : 'text' }),
  ...(row === 'to all' && { mentionsAll: true as const }),
  ...(row === 'to me' && { mentions: ['carol', 'alice'] }),
  ...(row === 'theirs' && { mentions: ['carol'] }),
});

/** As the store gives them: the newest first, a page that is cut at its limit. */
function unreadOf(rows: readonly Row[], readSeq = 0, fromSeq?: number) {
  let pages = 0;
  const all = rows.map(header);
  const messages = {
    newest: async (_id: string, { after, before, limit }: Parameters<ListedMessageStore['newest']>[1]) => {
      pages += 1;
      const found = all.filter(({ seq }) => seq > after && seq < before).reverse();
      return { headers: found.slice(0, limit), more: found.length > limit };
    },
  };
  const membership = {
    head: { conversationId, lastSeq: rows.length },
    member: { userId: 'alice', readSeq, ...(fromSeq !== undefined && { fromSeq }) },
  } as unknown as Membership;
  const counting = countUnread(
    { messages, retention: steadyRetention(60, () => now), blocked: new Set(['mallory']) },
    membership,
  );
  return counting.then(({ unread, mentions }) => ({ count: unread, mentions, pages }));
}

test.each<[string, readonly Row[], number]>([
  ['three of my own', ['mine', 'mine', 'mine'], 0],
  ['two of another one, of which one is erased', ['theirs', 'erased'], 1],
  ['two, both erased', ['erased', 'erased'], 0],
  ['two of somebody whom I block', ['hidden', 'hidden', 'theirs'], 1],
  ['two in a group of somebody whom I block', ['blocked', 'blocked', 'theirs'], 1],
  ['three, of which two have expired', ['expired', 'expired', 'theirs'], 1],
  ['somebody who came, and one message', ['event', 'theirs'], 1],
])('unread of %s', async (_, rows, count) => {
  expect(await unreadOf(rows)).toEqual({ count, mentions: 0, pages: 1 });
});

test('whatever there is after the place, it is what others wrote and can be read: exact up to 100, else 101', async () => {
  const rows = fc.array(
    fc.constantFrom<Row>('mine', 'theirs', 'to me', 'to all', 'event', 'erased', 'expired', 'blocked'),
    {
      maxLength: 290,
      size: 'max',
    },
  );
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(290), fc.integer({ min: 1, max: 290 }), async (all, readSeq, fromSeq) => {
      const after = all.slice(Math.max(readSeq, fromSeq - 1));
      const wanted = after.filter((row) => row === 'theirs' || row.startsWith('to '));
      const { count, mentions } = await unreadOf(all, readSeq, fromSeq);
      expect(count).toBe(Math.min(101, wanted.length));
      expect(mentions).toBe(wanted.slice(-101).filter((row) => row.startsWith('to ')).length);
    }),
  );
});

test('behind a page of messages of oneself the next one is looked at', async () => {
  const rows = [
    ...Array.from({ length: 60 }, () => 'theirs' as const),
    ...Array.from({ length: 130 }, () => 'mine' as const),
  ];
  expect(await unreadOf(rows)).toMatchObject({ count: 60, pages: 2 });
});

test('however much has been written, no more than three pages are read', async () => {
  const many = (row: Row) => Array.from({ length: 5_000 }, () => row);
  expect(await unreadOf(many('theirs'))).toMatchObject({ count: 101, pages: 1 });
  expect(await unreadOf(many('mine'))).toMatchObject({ count: 0, pages: 3 });
});
