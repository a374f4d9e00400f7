import * as fc from 'fast-check';
import { markDelivered } from '../../../shared/messages/mark-delivered.ts';
import { markRead } from '../../../shared/messages/mark-read.ts';
import { tellReadReceipts } from '../../../shared/messages/tell-read-receipts.ts';
import { conversationRowStore } from '../../../shared/stores/conversations/conversation-row-store.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import type { Mark } from '../../../shared/stores/conversations/mark.ts';
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

const lastSeq = 5;
let groups = 0;

type Pushed = { readonly to: string; readonly type: string; readonly seq: number; readonly userId: string };

/** A group in which alice has written all; bob has a phone and a desk. */
async function world(people = 3, hides: Readonly<Record<string, readonly Mark[]>> = {}) {
  groups += 1;
  const conversationId = `g-${groups}`;
  const names = ['alice', 'bob', ...Array.from({ length: people - 2 }, (_, index) => `user-${index}`)];
  let now = epochMillis(1_000_000_000_000);
  const clock = () => now;
  const rooms = conversationStore(tables.db, 'conversations', clock);
  await rooms.create({ conversationId, kind: 'group', createdAt: now }, names, new Set());
  const last = { conversationId, seq: lastSeq, sentAt: now, expiresAt: epochSeconds(4e12) };
  await rooms.advanceLastSeq(last);
  const pushed: Pushed[] = [];
  const jobs: ReadReceiptJob[] = [];
  const messages = {
    headers: async (_id: string, { after = 0, before = Infinity }) => ({
      headers: Array.from({ length: lastSeq }, (_, index) => ({ seq: index + 1, from: 'alice' }))
        .filter(({ seq }) => seq > after && seq < before)
        .map((header) => header as MessageHeader),
      more: false,
    }),
  };
  const written = {
    messages,
    readReceipts: readReceiptStore(tables.db, 'conversations'),
    receiptJobs: { add: async (job: ReadReceiptJob) => void jobs.push(job) },
  };
  const deps = {
    ...{ policyFingerprint: 'mark', connectionsPerUser: 10, metrics: { put: () => undefined }, now: clock },
    messages,
    authors: written,
    conversations: {
      ...rooms,
      ...conversationRowStore(tables.db, 'conversations', clock),
      ...membershipStore(tables.db, 'conversations'),
    },
    connections: {
      listByGroup: async () => [],
      listByUsers: async (userIds: readonly string[]) =>
        userIds.flatMap((userId) =>
          (userId === 'bob' ? ['phone', 'desk'] : ['phone']).map((device) => ({
            ...{ userId, connectionId: `${userId}-${device}`, consentedPolicy: 'mark' },
            ...{ connectedAt: epochMillis(0), expiresAt: 4e9 as EpochSeconds },
            ...(hides[userId] && { hides: hides[userId] }),
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
  const bob = { userId: 'bob', connectionId: 'bob-phone' };
  return {
    pushed,
    jobs,
    pass: (millis: number) => {
      now = epochMillis(now + millis);
    },
    delivered: async (seq: number) => markDelivered(deps, bob, { conversationId, seq }),
    read: async (seq: number) => markRead(deps, bob, { conversationId, seq }),
    /** By then bob may have hidden it. */
    runJobs: async (deliveries = true) =>
      tellReadReceipts(
        { ...deps, ...written, settings: { read: async () => ({ deliveries, changedAt: epochMillis(1) }) } },
        conversationId,
        jobs.splice(0),
      ),
    row: async () => deps.conversations.readMember(conversationId, 'bob'),
  };
}

test('it moves forward only, up to the newest message, and is told where it says more than what was read', async () => {
  const acts = fc.array(
    fc.record({
      mark: fc.constantFrom('delivered' as const, 'read' as const),
      seq: fc.integer({ min: 1, max: 8 }),
    }),
    { maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const { pushed, row, ...marks } = await world();
      const model = { read: 0, delivered: 0 };
      const told: string[] = [];
      for (const { mark, seq } of all) {
        await marks[mark](seq);
        const to = Math.min(seq, lastSeq);
        const from = mark === 'read' ? model.read : Math.max(model.read, model.delivered);
        if (to <= from) continue;
        model[mark] = to;
        for (const device of ['alice-phone', 'bob-desk', 'user-0-phone'])
          told.push(`${mark} ${to} ${device}`);
      }
      expect(pushed.map(({ type, seq, to }) => `${type} ${seq} ${to}`).toSorted()).toEqual(told.toSorted());
      const { readSeq, deliveredSeq = 0 } = (await row()) ?? {};
      expect({ read: readSeq, delivered: deliveredSeq }).toEqual(model);
    }),
    { numRuns: 25 },
  );
});

test('of several at once the furthest stays, and each step is told once', async () => {
  const { delivered, pushed, row } = await world();
  await Promise.all([4, 2, 5, 5, 1].map(async (seq) => delivered(seq)));
  expect(await row()).toMatchObject({ readSeq: 0, deliveredSeq: 5 });
  expect(pushed.filter(({ seq }) => seq === 5)).toHaveLength(3);
});

test('of a large group the authors alone are told, once in five seconds, whatever was read meanwhile', async () => {
  const { delivered, read, pushed, jobs, pass, runJobs } = await world(40);
  const toAlice = () =>
    pushed.filter(({ to }) => to.startsWith('alice')).map(({ type, seq }) => `${type} ${seq}`);
  for (const seq of [1, 2, 3]) await delivered(seq);
  await read(1);
  expect(toAlice()).toEqual(['delivered 1', 'read 1']);
  expect(jobs).toEqual([{ conversationId: expect.any(String), reader: 'bob', mark: 'delivered' }]);
  pass(5_000);
  await runJobs();
  await runJobs();
  expect(toAlice()).toEqual(['delivered 1', 'read 1', 'delivered 3']);
  expect(pushed.filter(({ to }) => to === 'bob-desk')).toHaveLength(4);
  expect(pushed).toHaveLength(7);
});

test('what is hidden before the job comes is not told by it', async () => {
  const { delivered, pushed, pass, runJobs } = await world(40);
  for (const seq of [1, 2]) await delivered(seq);
  pass(5_000);
  await runJobs(false);
  expect(pushed.filter(({ to }) => to.startsWith('alice'))).toHaveLength(1);
});

test('a job tells the place that messages have come to, whatever was read', async () => {
  const { delivered, pushed, pass, runJobs } = await world(40);
  for (const seq of [1, 2]) await delivered(seq);
  pass(5_000);
  await runJobs();
  const told = pushed.filter(({ to }) => to.startsWith('alice')).map(({ type, seq }) => `${type} ${seq}`);
  expect(told).toEqual(['delivered 1', 'delivered 2']);
});

test('of a large group who hides what they read tells their own devices alone', async () => {
  const { read, pushed, row } = await world(40, { bob: ['read'] });
  await read(2);
  expect(pushed.map(({ to }) => to)).toEqual(['bob-desk']);
  expect(await row()).toMatchObject({ readSeq: 2, shownReadSeq: 0 });
});

test.each([
  ['who hides what comes to them', { bob: ['delivered'] }, 0, undefined],
  ['an author who does', { alice: ['delivered'] }, 1, 1],
  ['who hides something else', { bob: ['read'], alice: ['read'] }, 2, 1],
] as const)('of a large group: %s', async (_, hides, pushes, place) => {
  const { delivered, pushed, row } = await world(40, hides);
  await delivered(1);
  expect(pushed).toHaveLength(pushes);
  expect((await row())?.deliveredSeq).toBe(place);
});
