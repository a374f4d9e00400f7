import { announceTyping } from '../../../shared/messages/announce-typing.ts';
import { markRead } from '../../../shared/messages/mark-read.ts';
import { tellReadReceipts } from '../../../shared/messages/tell-read-receipts.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../../shared/stores/conversations/membership-store.ts';
import { readReceiptStore } from '../../../shared/stores/conversations/read-receipt-store.ts';
import type { MessageHeader } from '../../../shared/stores/messages/message-header.ts';
import type { ReadReceiptJob } from '../../../shared/stores/queue/read-receipt-job.ts';
import { type EpochSeconds, epochMillis, epochSeconds } from '../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations');
});
afterAll(async () => tables?.close());

const name = (index: number) => `user-${index}`;
let groups = 0;

type WorldOptions = {
  readonly people: number;
  readonly authors: readonly number[];
  readonly stored?: boolean;
};

/** A group in which `authors` have written, each on a phone and a desk. */
async function world({ people, authors, stored = true }: WorldOptions) {
  groups += 1;
  const conversationId = `g-${groups}`;
  const members = Array.from({ length: people }, (_, index) => name(index));
  let now = epochMillis(1_000_000_000_000);
  const clock = () => now;
  const rooms = conversationStore(tables.db, 'conversations', clock);
  const head = { conversationId, kind: 'group' as const, createdAt: now };
  await rooms.create(head, members, new Set());
  const sentAt = now;
  for (const [index] of authors.entries())
    await rooms.advanceLastSeq({ conversationId, seq: index + 1, sentAt, expiresAt: epochSeconds(4e12) });
  const log = authors.map((author, index) => ({ seq: index + 1, from: name(author) }) as MessageHeader);
  const pushed: { readonly to: string; readonly type: string; readonly seq?: number }[] = [];
  const jobs: { readonly job: ReadReceiptJob; readonly delay: number | undefined }[] = [];
  const written = {
    messages: {
      headers: async (_id: string, { after = 0, before = Infinity, limit = 1 }) => ({
        headers: log
          .filter(({ seq }) => seq > after && seq < before)
          .toReversed()
          .slice(0, limit),
        more: false,
      }),
    },
    readReceipts: readReceiptStore(tables.db, 'conversations'),
    receiptJobs: {
      add: async (job: ReadReceiptJob, delay?: number) => void jobs.push({ job, delay }),
    },
  };
  const deps = {
    policyFingerprint: 'mark',
    connectionsPerUser: 10,
    metrics: { put: () => undefined },
    now: clock,
    messages: stored ? written.messages : undefined,
    authors: stored ? written : undefined,
    conversations: {
      ...rooms,
      ...conversationRowStore(tables.db, 'conversations', clock),
      ...membershipStore(tables.db, 'conversations'),
    },
    connections: {
      listByGroup: async () => [],
      listByUsers: async (userIds: readonly string[]) =>
        userIds.flatMap((userId) =>
          ['phone', 'desk'].map((device) => ({
            ...{ userId, connectionId: `${userId} ${device}`, consentedPolicy: 'mark' },
            ...{ connectedAt: epochMillis(0), expiresAt: 4e9 as EpochSeconds },
          })),
        ),
      remove: async () => undefined,
    },
    gateway: {
      push: async (to: string, data: Uint8Array) => {
        pushed.push({ to, ...JSON.parse(new TextDecoder().decode(data)) });
        return 'sent' as const;
      },
      close: async () => undefined,
    },
  };
  return {
    pushed,
    jobs,
    to: (userId: string) => pushed.filter(({ to }) => to.startsWith(`${userId} `)).map(({ seq }) => seq),
    pass: (millis: number) => {
      now = epochMillis(now + millis);
    },
    read: async (reader: number, seq: number) =>
      markRead(
        deps,
        { userId: name(reader), connectionId: `${name(reader)} phone` },
        { conversationId, seq },
      ),
    typing: async (writer: number) => announceTyping(deps, name(writer), { conversationId }),
    runJobs: async () => {
      const due = jobs.splice(0).map(({ job }) => job);
      await tellReadReceipts(
        { ...deps, ...written, settings: { read: async () => undefined } },
        conversationId,
        due,
      );
    },
  };
}

test('a message that a full group of 100 reads costs a push to each device of its author and to the own others', async () => {
  const { read, pushed, to } = await world({ people: 100, authors: [0] });
  for (let reader = 1; reader < 100; reader += 1) await read(reader, 1);
  expect(to('user-0')).toHaveLength(99 * 2);
  expect(pushed).toHaveLength(99 * 2 + 99);
});

test.each([
  [32, 31 * 2 + 1, 31 * 2],
  [33, 2 + 1, 0],
])('of %i members a read makes %i pushes, and typing %i', async (people, ofRead, ofTyping) => {
  const { read, typing, pushed } = await world({ people, authors: [0] });
  await read(1, 1);
  expect(pushed).toHaveLength(ofRead);
  pushed.length = 0;
  await typing(1);
  expect(pushed).toHaveLength(ofTyping);
});

test('authors are told once in five seconds, and at their end of what was read in between', async () => {
  const { read, pass, jobs, runJobs, to } = await world({ people: 40, authors: [0, 2, 3, 2, 4] });
  await read(1, 1);
  pass(1_500);
  for (const seq of [2, 3, 4]) await read(1, seq);
  expect(jobs).toEqual([{ job: { conversationId: expect.any(String), reader: 'user-1' }, delay: 4 }]);
  expect(['user-0', 'user-2', 'user-3', 'user-4'].map(to)).toEqual([[1, 1], [], [], []]);
  pass(4_000);
  await runJobs();
  expect(['user-0', 'user-2', 'user-3', 'user-4'].map(to)).toEqual([[1, 1], [4, 4], [4, 4], []]);
  await read(1, 5);
  expect(jobs).toHaveLength(1);
  pass(5_000);
  await runJobs();
  await runJobs();
  expect(to('user-4')).toEqual([5, 5]);
  expect(to('user-2')).toEqual([4, 4]);
  expect(to('user-1')).toEqual([1, 2, 3, 4, 5]);
});

test('what a lost job should have told is told by the next read', async () => {
  const { read, pass, to } = await world({ people: 40, authors: [0, 2, 3] });
  await read(1, 1);
  await read(1, 2);
  pass(5_000);
  await read(1, 3);
  expect([to('user-2'), to('user-3')]).toEqual([
    [3, 3],
    [3, 3],
  ]);
});

test('of several devices at once one tells', async () => {
  const { read, to } = await world({ people: 40, authors: [0, 0, 0] });
  await Promise.all([1, 2, 3].map(async (seq) => read(1, seq)));
  expect(to('user-0')).toHaveLength(2);
});

test('where messages are not stored the own devices alone are told', async () => {
  const { read, pushed } = await world({ people: 40, authors: [0], stored: false });
  await read(1, 1);
  expect(pushed.map(({ to }) => to)).toEqual(['user-1 desk']);
});
