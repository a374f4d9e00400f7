import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { firstSentSince, surelyEndedBefore } from '../../../shared/messages/first-sent-since.ts';
import { readHistory } from '../../../shared/messages/read-history.ts';
import { unchangedRetention } from '../../../shared/stores/expiry/retention.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import { messageStore } from '../../../shared/stores/messages/message-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryMessageStore } from '../../support/memory-message-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';
import { unitCounter } from '../../support/unit-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('messages');
});
afterAll(async () => tables?.close());

const start = 1_800_000_000_000;
const hour = 3_600;
const count = 8_000;

const messageOf = (conversationId: string, seq: number): Message => ({
  conversationId,
  seq,
  id: `m${seq}`,
  from: 'alice',
  sentAt: epochMillis(start + seq * 1_000),
  expiresAt: (start / 1_000 + seq + hour) as EpochSeconds,
  content: { type: 'text', text: `words ${seq}` },
});

/** A conversation whose messages are all still there, as under a hold; what reading it costs. */
async function longConversation(conversationId: string, erased = false) {
  const rows = Array.from({ length: count }, (_, index) => messageOf(conversationId, index + 1)).map(
    ({ expiresAt, ...rest }) => {
      const { conversationId: id, seq, sentAt } = rest;
      return erased
        ? { conversationId: id, seq, sentAt, endsAt: expiresAt, expiresAt, erasedAt: start }
        : { ...rest, endsAt: expiresAt, heldExpiresAt: expiresAt };
    },
  );
  for (let from = 0; from < rows.length; from += 25) {
    const requests = rows.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await tables.db.send(new BatchWriteCommand({ RequestItems: { messages: requests } }));
  }
  const costOf = unitCounter(tables.db);
  const head = {
    ...{ conversationId, kind: 'direct' as const, createdAt: epochMillis(start), retryMarks: [] },
    ...{ lastSeq: count, lastSentAt: start + count * 1_000 },
  };
  const read = async (now: number, frame: { after?: number; before?: number } = {}) => {
    const deps = {
      messages: messageStore(tables.db, 'messages'),
      conversations: {
        readFormer: async () => undefined,
        readMember: async () => ({ userId: 'bob', readSeq: 0, suspended: false }),
        readHead: async () => head,
        keepMember: async () => undefined,
      },
      limits: { historyPage: 50 },
      retention: steadyRetention(hour, () => now),
      now: () => epochMillis(now),
    };
    let result: Awaited<ReturnType<typeof readHistory>> | undefined;
    const cost = await costOf(async () => {
      result = await readHistory(deps, 'bob', { action: 'history', id: 'h', conversationId, ...frame });
    });
    if (result === undefined) throw new Error('nothing was read');
    return { ...result, seqs: result.messages.map(({ seq }) => seq), cost };
  };
  return { read };
}

test('what has ended and is still there costs a search by halves, from whichever side it is read', async () => {
  const { read } = await longConversation('d-held');
  const allOver = start + (count + hour + 1) * 1_000;
  for (const frame of [{}, { after: 0 }, { before: count + 1 }]) {
    const page = await read(allOver, frame);
    expect(page).toMatchObject({ seqs: [], firstSeq: count + 1, lastSeq: count });
    expect(page.next).toBeUndefined();
    expect(page.cost.calls).toBeLessThanOrEqual(18);
    expect(page.cost.units).toBeLessThanOrEqual(40);
  }
  const tenLeft = start + (count - 10 + hour) * 1_000;
  const left = Array.from({ length: 10 }, (_, index) => count - 9 + index);
  for (const frame of [{}, { after: 0 }, { before: count + 1 }]) {
    const page = await read(tenLeft, frame);
    expect(page).toMatchObject({ seqs: left, firstSeq: left[0] });
    expect(page.cost.calls).toBeLessThanOrEqual(19);
  }
  const nothingOver = await read(start + 1_000);
  expect([nothingOver.seqs.length, nothingOver.cost.calls]).toEqual([50, 3]);
});

test('what is erased is passed over in a bounded number of calls, and the rest is on the pages that follow', async () => {
  const { read } = await longConversation('d-erased', true);
  let before: number | undefined = count + 1;
  let pages = 0;
  for (; before !== undefined; pages += 1) {
    const page: Awaited<ReturnType<typeof read>> = await read(start + 1_000, { before });
    expect(page.cost.calls).toBeLessThanOrEqual(22);
    before = page.next;
  }
  // More than ten pages of the store's, which is the bound of one call.
  expect(pages).toBe(2);
});

test('the search finds the first that was sent since then, whatever numbers are gone, in as many calls as they have digits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 70 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 75 }),
      async (seqs, since) => {
        const messages = new Map(seqs.map((seq) => [seq, messageOf('d-1', seq)]));
        const store = memoryMessageStore(() => ({ messages, timeless: new Set(), claims: new Map() }));
        let calls = 0;
        const counted: Pick<typeof store, 'headers'> = {
          headers: async (...asked) => {
            calls += 1;
            return store.headers(...asked);
          },
        };
        const found = await firstSentSince(counted, 'd-1', epochMillis(start + since * 1_000), 70);
        const above = seqs.filter((seq) => seq >= found).toSorted((one, other) => one - other);
        expect(above).toEqual(seqs.filter((seq) => seq >= since).toSorted((one, other) => one - other));
        expect(calls).toBeLessThanOrEqual(8);
      },
    ),
  );
});

test('a conversation with a shorter retention of its own ends by that', () => {
  const at = { ...unchangedRetention(hour), now: epochMillis(start + 999) };
  expect(surelyEndedBefore(at, undefined)).toBe(start + 1_000 - hour * 1_000);
  expect(surelyEndedBefore(at, 60)).toBe(start + 1_000 - 60_000);
  expect(surelyEndedBefore(at, 2 * hour)).toBe(start + 1_000 - hour * 1_000);
});
