import fc from 'fast-check';
import { eventKinds } from '../../../shared/configuration/event-kinds.ts';
import { eventBusGateway, type PutEvents } from '../../../shared/events/event-bus-gateway.ts';
import type { SeenChange } from '../../../shared/events/events-of.ts';
import { publishEvents } from '../../../shared/events/publish-events.ts';
import { unchangedRetention } from '../../../shared/stores/expiry/retention.ts';
import type { FactStore, StoredMessage } from '../../../shared/stores/facts/fact-store.ts';
import { epochMillis, epochSeconds } from '../../../shared/time.ts';

const sentAt = epochMillis(1_800_000_000_000);

const rowOf = ({ conversationId, seq }: { conversationId: string; seq: number }): StoredMessage => {
  const ends = { sentAt, expiresAt: epochSeconds(sentAt + 60_000) };
  const ids = { conversationId, seq, id: `i${seq}`, from: 'ann' };
  return {
    header: { ...ids, ...ends, held: false },
    message: { ...ids, ...ends, content: { type: 'text', text: 'canary' } },
  };
};
const facts: FactStore = {
  messages: async (keys) => keys.map(rowOf),
  changes: async () => [],
  consents: async () => [],
  decisions: async () => [],
  receipts: async () => [],
};
const changeOf = (seq: number): SeenChange => ({
  table: 'messages',
  change: 'INSERT',
  keys: { conversationId: 'c', seq },
  sequenceNumber: String(seq),
  at: new Date(sentAt).toISOString(),
});

type Told = { readonly eventId: string; readonly seq: number };

/** A stream as Lambda delivers it: on from what is reported, and from the beginning of the batch after a death. */
async function deliver(
  count: number,
  fates: readonly number[],
  batchSize: number,
): Promise<{ readonly told: readonly Told[]; readonly isRedelivered: boolean }> {
  const told: Told[] = [];
  let isRedelivered = false;
  let at = 0;
  const fate = () => (at < fates.length ? fates[at++] : 0);
  const put: PutEvents = async (entries) => {
    const isRefused = fate() === 1;
    const results = entries.map(({ Detail }) => {
      if (isRefused || fate() === 2) return { ErrorCode: 'ThrottlingException' };
      told.push(JSON.parse(Detail) as Told);
      return {};
    });
    // Taken, and whoever has put them dies before it can say so.
    if (fate() === 3) throw new Error('killed');
    return results;
  };
  const bus = eventBusGateway(put, { arn: 'bus', source: 'lapse' }, async () => undefined);
  const deps = {
    ...{ facts, bus, kinds: eventKinds, content: false },
    retention: async () => ({ ...unchangedRetention(60), now: sentAt }),
  };
  let left = Array.from({ length: count }, (_, index) => changeOf(index + 1));
  while (left.length > 0) {
    const batch = left.slice(0, batchSize);
    const failed = await publishEvents(deps, batch).catch(() => batch[0]?.sequenceNumber);
    if (failed !== undefined) isRedelivered = true;
    const done = batch.findIndex(({ sequenceNumber }) => sequenceNumber === failed);
    left = left.slice(done === -1 ? batch.length : done);
  }
  return { told, isRedelivered };
}

/** Trouble comes in runs: a bus that is busy for longer than a call is patient, deaths one after the other. */
const runs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 12 })), { maxLength: 12 })
  .map((each) => each.flatMap(([fate, times]) => Array.from({ length: times }, () => fate)));

test('every fact is told, and under one id, whatever the bus refuses and wherever the function dies', async () => {
  let redelivered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 45 }),
      runs,
      fc.integer({ min: 1, max: 30 }),
      async (count, fates, batchSize) => {
        const { told, isRedelivered } = await deliver(count, fates, batchSize);
        if (isRedelivered) redelivered += 1;
        const ids = new Map<number, Set<string>>();
        for (const { seq, eventId } of told) ids.set(seq, (ids.get(seq) ?? new Set()).add(eventId));
        expect([...ids.keys()].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, index) => index + 1),
        );
        expect([...ids.values()].map(({ size }) => size)).toEqual(Array.from({ length: count }, () => 1));
        expect(new Set([...ids.values()].flatMap((each) => [...each])).size).toBe(count);
      },
    ),
    { numRuns: 300 },
  );
  expect(redelivered).toBeGreaterThan(60);
});

test('a call has ten entries and 250,000 bytes at most', async () => {
  const calls: number[][] = [];
  const put: PutEvents = async (entries) => {
    calls.push(entries.map(({ Detail }) => Buffer.byteLength(Detail)));
    return entries.map(() => ({}));
  };
  const large: FactStore = {
    ...facts,
    messages: async (keys) =>
      keys.map((key) => {
        const { header, message } = rowOf(key);
        return { header, message: { ...message, content: { type: 'text', text: '한'.repeat(10_000) } } };
      }),
  };
  const deps = {
    ...{ facts: large, kinds: eventKinds, content: true },
    bus: eventBusGateway(put, { arn: 'bus', source: 'lapse' }, async () => undefined),
    retention: async () => ({ ...unchangedRetention(60), now: sentAt }),
  };
  expect(
    await publishEvents(
      deps,
      Array.from({ length: 25 }, (_, index) => changeOf(index)),
    ),
  ).toBeUndefined();
  expect(calls.map(({ length }) => length)).toEqual([8, 8, 8, 1]);
  for (const call of calls) expect(call.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(250_000);
});

test('no call has more than ten entries', async () => {
  const calls: number[] = [];
  const put: PutEvents = async (entries) => {
    calls.push(entries.length);
    return entries.map(() => ({}));
  };
  const deps = {
    ...{ facts, kinds: eventKinds, content: false },
    bus: eventBusGateway(put, { arn: 'bus', source: 'lapse' }, async () => undefined),
    retention: async () => ({ ...unchangedRetention(60), now: sentAt }),
  };
  const changes = Array.from({ length: 25 }, (_, index) => changeOf(index));
  expect(await publishEvents(deps, changes)).toBeUndefined();
  expect(calls).toEqual([10, 10, 5]);
});

test('what an answer says nothing of is put again', async () => {
  const asked: number[] = [];
  const put: PutEvents = async (entries) => {
    asked.push(entries.length);
    return entries.slice(1).map(() => ({}));
  };
  const bus = eventBusGateway(put, { arn: 'bus', source: 'lapse' }, async () => undefined);
  const detail = { eventId: 'e', version: 1, occurredAt: new Date(sentAt).toISOString() } as const;
  const event = { kind: 'message', detailType: 'lapse.message.sent', detail } as const;
  // The last of three is not in the answer, and the only one of each call after it never is.
  expect(await bus.put([event, event, event])).toEqual([2]);
  expect(asked).toEqual([3, 1, 1, 1, 1]);
});
