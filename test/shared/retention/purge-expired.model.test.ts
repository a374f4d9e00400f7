import fc from 'fast-check';
import { type PurgeExpiredDeps, purgeExpired } from '../../../shared/retention/purge-expired.ts';
import { purgeShardOf } from '../../../shared/stores/conversations/purge-mark.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import type { Sweeper } from '../../../shared/stores/privacy/sweeper.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { type ConversationRows, memoryConversationStore } from '../../support/memory-conversation-store.ts';
import { memoryMessageStore } from '../../support/memory-message-store.ts';
import { memoryPurgeRuns } from '../../support/memory-purge-run-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import type { Step } from '../../support/step.ts';

const start = 1_800_000_000_000;
const retentionSeconds = 3_600;
/** Of every call, so that a run comes to an end. */
const millisPerCall = 10;
const periodMillis = 60_000;
const share = { atOnce: 3, pagesPerTurn: 2 };

/** All has ended: some have more messages than a turn has pages, some fail whenever they are touched. */
const room = fc.record({
  messages: fc.integer({ min: 1, max: 9 }),
  fails: fc.constantFrom(false, false, false, true),
  /** Of whoever is on hold: read and left. */
  held: fc.constantFrom(false, false, true),
  lateBy: fc.integer({ min: 100, max: 5_000 }),
});
const run = fc.record({
  /** Fewer than a conversation needs, or enough for many. */
  calls: fc.integer({ min: 12, max: 80 }),
  dies: deathWithin(60),
  /** Become due in the meantime. */
  comes: fc.array(room, { maxLength: 4 }),
});

type Room = Parameters<Parameters<typeof room.map>[0]>[0];

function world(of: number) {
  const sweepers: readonly Sweeper[] = Array.from({ length: of }, (_, index) => ({ sweeper: index + 1, of }));
  const rooms = new Map<string, ConversationRows>();
  const messages = new Map<string, Map<number, Message>>();
  const failing = new Set<string>();
  const holders = new Set<string>();
  const purgeRuns = sweepers.map(() => memoryPurgeRuns());
  let now = start;
  /** In which of the runs each had a turn. */
  const turns = new Map<string, Set<number>>();
  const dueSince = new Map<string, number>();
  let runs = 0;

  function add({ messages: count, fails, held, lateBy }: Room): void {
    const conversationId = `d-${rooms.size}-${'abcdefgh'[rooms.size % 8]}`;
    const expiresAt = (Math.floor(now / 1_000) - lateBy) as EpochSeconds;
    const sentAt = epochMillis((expiresAt - retentionSeconds) * 1_000);
    const from = `of ${conversationId}`;
    if (held) holders.add(from);
    if (fails) failing.add(conversationId);
    const row = (seq: number): Message => ({
      ...{ conversationId, seq, id: `${seq}`, from, sentAt, expiresAt },
      content: { type: 'text', text: 'words' },
    });
    messages.set(
      conversationId,
      new Map(Array.from({ length: count }, (_, index) => [index + 1, row(index + 1)])),
    );
    const head = {
      ...{ conversationId, kind: 'direct' as const, createdAt: sentAt, lastSeq: count, lastSentAt: sentAt },
      ...{ retryMarks: [], purgeShard: purgeShardOf(conversationId), purgeRevision: 1 },
      ...{ nextPurgeAt: expiresAt, purgeFrom: sentAt, settledSeq: count, settledAt: expiresAt },
    };
    rooms.set(conversationId, { head, members: new Map() });
    turns.set(conversationId, new Set());
    dueSince.set(conversationId, runs);
  }

  /** Until it is over or dies: what it was in the midst of never goes on. */
  async function sweep(calls: number, dies?: Death): Promise<void> {
    runs += 1;
    const current = runs;
    let live = true;
    let failed: unknown;
    const endBy = epochMillis(now + calls * millisPerCall);
    for (const [index, sweeper] of sweepers.entries()) {
      const step = dying(index === 0 ? dies : undefined, async (effect) => {
        // Each of several at once goes one step further.
        await Promise.resolve();
        now += millisPerCall;
        return effect();
      });
      begin(sweeper, step);
    }
    // There are no timers in it: by then all have come to their end, or are dead.
    await new Promise(setImmediate);
    if (failed !== undefined) throw failed;
    live = false;
    now = Math.max(now, endBy) + periodMillis;

    function begin(sweeper: Sweeper, step: Step): void {
      const conversations = memoryConversationStore(rooms, { step: step, now: () => epochMillis(now) });
      const none = { delete: () => true };
      const deps: PurgeExpiredDeps = {
        ...{ retentionSeconds, share, sweeper, endBy, onFailure: () => undefined },
        retention: steadyRetention(retentionSeconds, () => now),
        now: () => epochMillis(now),
        holds: { among: async () => ({ users: holders, conversations: new Set() }) },
        messages: memoryMessageStore(
          (id) => ({ messages: messages.get(id) ?? new Map(), timeless: new Set(), claims: none }),
          { step: step, pageSize: 2 },
        ),
        conversations: {
          ...conversations,
          readHead: async (id) => {
            if (live) turns.get(id)?.add(current);
            if (failing.has(id)) throw new Error('broken');
            return conversations.readHead(id);
          },
        },
        runs: (purgeRuns[sweeper.sweeper - 1] ?? memoryPurgeRuns()).store(step),
      };
      purgeExpired(deps).catch((error: unknown) => {
        failed = error;
      });
    }
  }

  /** Who had turns in how many runs while somebody who was due had none. */
  function overtaken(deaths: number): readonly string[] {
    return [...turns].flatMap(([id, own]) => {
      const first = Math.min(...own, runs + 1);
      const since = dueSince.get(id) ?? 0;
      return [...turns].flatMap(([other, theirs]) => {
        const before = [...theirs].filter((at) => at > since && at < first).length;
        // One in the lap that was under way, one in the next; who was taken by a run that died has to wait for another.
        return before > 2 + deaths ? [`${other} had ${before} turns before ${id}`] : [];
      });
    });
  }

  const left = () =>
    [...messages].flatMap(([id, rows]) =>
      [...rows.values()].filter(({ from }) => !failing.has(id) && !holders.has(from)),
    );
  const indexed = () =>
    [...rooms].flatMap(([id, { head }]) => (head?.purgeShard !== undefined && !failing.has(id) ? [id] : []));
  const held = () =>
    [...messages.values()].flatMap((rows) => [...rows.values()]).filter(({ from }) => holders.has(from));
  return {
    add,
    sweep,
    overtaken,
    left,
    indexed,
    held,
    all: () => rooms.size,
    laps: () => purgeRuns.flatMap((each) => each.lap() ?? []),
  };
}

test('whatever fails, dies or comes in between, nobody waits for more than two turns of anybody else, and all goes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(room, { minLength: 1, maxLength: 20 }),
      fc.array(run, { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (rooms, runs, sweepers) => {
        const { add, sweep, overtaken, left, indexed, held, all, laps } = world(sweepers);
        for (const each of rooms) add(each);
        for (const { calls, dies, comes } of runs) {
          await sweep(calls, dies);
          for (const each of comes) add(each);
        }
        const heldBefore = held().length;
        const deaths = runs.filter(({ dies }) => dies !== undefined).length;
        expect(overtaken(deaths)).toEqual([]);
        // Every turn reads a page at least; each is seen to twice more before it leaves the index.
        for (let more = 0; more < 2 * all() + 20; more += 1) await sweep(80);
        expect(overtaken(deaths)).toEqual([]);
        expect(left()).toEqual([]);
        expect(indexed()).toEqual([]);
        expect(held()).toHaveLength(heldBefore);
        expect(laps()).toEqual([]);
      },
    ),
    { numRuns: 200, endOnFailure: true },
  );
});
