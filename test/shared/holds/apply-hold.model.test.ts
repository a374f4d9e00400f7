import fc from 'fast-check';
import { applyHold } from '../../../shared/holds/apply-hold.ts';
import { secondPassSeconds } from '../../../shared/holds/second-pass.ts';
import { setHold } from '../../../shared/holds/set-hold.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { purgeConversation } from '../../../shared/retention/purge-conversation.ts';
import { turn } from '../../../shared/retention/turn.ts';
import { cutoff } from '../../../shared/stores/expiry/purge-times.ts';
import { unchangedRetention } from '../../../shared/stores/expiry/retention.ts';
import type { Message, SendRequest } from '../../../shared/stores/messages/message.ts';
import { type HoldTarget, isOnHold } from '../../../shared/stores/privacy/holds.ts';
import { epochMillis } from '../../../shared/time.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { amongHolds } from '../../support/hold-world.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const targets: Readonly<Record<'alice' | 'conversation', HoldTarget>> = {
  alice: { kind: 'user', userId: 'alice' },
  conversation: { kind: 'conversation', conversationId },
};
const stored = { messages: true, profiles: false };
const frame = (id: string): SendRequest => ({
  action: 'send',
  id,
  conversationId,
  content: { type: 'text', text: `text of ${id}` },
});

const dies = deathWithin(20);
const on = fc.constantFrom('alice' as const, 'conversation' as const);
const move = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      userId: fc.constantFrom('alice', 'bob'),
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      dies,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hold' as const), on, dies }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), on, dies }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('apply' as const), on, dies }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('sweep' as const),
      pages: fc.integer({ min: 1, max: 4 }),
      dies,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('timeToLive' as const), dies }) },
);
/** What happens at the same time, and how long nothing happens afterwards: no invocation lasts until then. */
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 6 }),
  pause: fc.constantFrom(31_000, 106_000, 200_000, 700_000, 90_000_000),
});
const retentionSeconds = 86_400;

type World = ReturnType<typeof messageWorld>;

/** As the indexes find it. */
function isDue(world: World, now: number): boolean {
  const { purgeShard, nextPurgeAt, purgeFrom } = world.head();
  const { expiredBy, sentBy } = cutoff(unchangedRetention(retentionSeconds), epochMillis(now));
  if (purgeShard === undefined || nextPurgeAt === undefined || purgeFrom === undefined) return false;
  return nextPurgeAt <= expiredBy || purgeFrom <= sentBy;
}

type Sweep = { readonly step: Step; readonly now: number; readonly pages?: number };

/** A turn of the sweeper's that notes what it deletes although the holds, as it last asked for them, keep it. */
async function sweep(
  world: World,
  { step, now, pages = Infinity }: Sweep,
  onFault: (fault: string) => void,
): Promise<void> {
  const deps = world.purgeDeps(
    step,
    () => now,
    steadyRetention(retentionSeconds, () => now),
  );
  let asked = world.holds.inForce();
  await purgeConversation(
    {
      ...deps,
      isOver: turn(pages, () => false),
      holds: {
        among: async (which) =>
          step(() => {
            asked = world.holds.inForce();
            return amongHolds(asked, which);
          }),
      },
      messages: {
        ...deps.messages,
        delete: async (headers) => {
          for (const { seq, from } of headers)
            if (isOnHold(asked, from, conversationId)) onFault(`${seq} was purged under hold`);
          await deps.messages.delete(headers);
        },
      },
    },
    conversationId,
  );
}

/** Both looks are over, so that every time to live is off. */
function isSettled({ holds }: World, { from }: Message): boolean {
  return [...holds.all.values()].some(
    ({ target, state, backfill }) =>
      state === 'held' &&
      backfill === undefined &&
      (target.kind === 'conversation' || target.userId === from),
  );
}

test('nothing under hold goes, the rest does, and after the release all that expired goes', async () => {
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 8 }),
      async (scheduler, chapters) => {
        const world = messageWorld();
        const faults: string[] = [];
        const onFault = (fault: string) => void faults.push(fault);
        let now = start;
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        const timeToLive = () => {
          const settled = [...world.messages.values()].filter((message) => isSettled(world, message));
          for (const message of world.sweepByTimeToLive(now))
            if (settled.includes(message)) onFault(`${message.seq} went by its time to live under hold`);
        };
        const set = async (step: Step, on: keyof typeof targets, state: 'held' | 'releasing') =>
          setHold({ ...world.holdDeps(step, () => now), stored }, targets[on], state);
        const apply = async (step: Step, on: keyof typeof targets) =>
          applyHold(
            world.holdDeps(step, () => now),
            targets[on],
          );
        const sweepWhenDue = async () => {
          if (isDue(world, now)) await sweep(world, { step: direct, now }, onFault);
          now += 31_000;
        };

        for (const { moves, pause } of chapters) {
          for (const each of moves) {
            const step = dying(each.dies, scheduled);
            if (each.kind === 'send')
              void sendMessage(
                { ...world.deps(step, () => now), retentionSeconds },
                { userId: each.userId, connectionId: `${each.userId}-1` },
                frame(each.id),
              ).catch(() => undefined);
            else if (each.kind === 'hold') void set(step, each.on, 'held').catch(() => undefined);
            else if (each.kind === 'release') void set(step, each.on, 'releasing').catch(() => undefined);
            else if (each.kind === 'apply') void apply(step, each.on);
            else if (each.kind === 'sweep') void sweep(world, { step, now, pages: each.pages }, onFault);
            else void step(timeToLive);
          }
          await scheduler.waitIdle();
          now += pause;
        }

        // The schedule takes up what lies there: the walk, and the second look when it is due.
        for (const on of ['alice', 'conversation'] as const) await apply(direct, on);
        now += (secondPassSeconds + 1) * 1_000;
        for (const on of ['alice', 'conversation'] as const) await apply(direct, on);
        expect([...world.holds.all.values()].filter(({ backfill }) => backfill !== undefined)).toEqual([]);

        // Everything ends. What is held stays, in the table and out of the index; the others' goes.
        const inForce = world.holds.inForce();
        const held = [...world.messages.values()].filter(({ from }) =>
          isOnHold(inForce, from, conversationId),
        );
        expect([...world.timeless].toSorted()).toEqual(held.map(({ seq }) => seq).toSorted());
        now += 90_000_000;
        for (let run = 0; run < 4; run += 1) await sweepWhenDue();
        // By the sweeper: time to live would come days later.
        expect([...world.messages.values()]).toEqual(held);
        timeToLive();
        expect([...world.messages.values()]).toEqual(held);
        expect(world.head().purgeShard).toBeUndefined();
        kept += held.length;

        // Released, it goes within the bound.
        for (const on of ['alice', 'conversation'] as const) await set(direct, on, 'releasing');
        for (const on of ['alice', 'conversation'] as const) await apply(direct, on);
        now += 61_000;
        for (let run = 0; run < 4; run += 1) await sweepWhenDue();
        expect(world.messages.size).toBe(0);
        now += (secondPassSeconds + 1) * 1_000;
        for (const on of ['alice', 'conversation'] as const) await apply(direct, on);
        for (let run = 0; run < 4; run += 1) await sweepWhenDue();
        expect(world.holds.all.size).toBe(0);
        expect(world.heldMembers()).toEqual([]);
        expect(world.head()).not.toHaveProperty('held');
        expect(world.head().purgeShard).toBeUndefined();
        expect(faults).toEqual([]);
      },
    ),
    { numRuns: 700 },
  );
  // The property would hold of a world in which nothing is ever held.
  expect(kept).toBeGreaterThan(100);
});
