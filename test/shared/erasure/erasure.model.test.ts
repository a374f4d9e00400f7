import fc from 'fast-check';
import { resumeErasures } from '../../../shared/erasure/resume-erasures.ts';
import type { ErasureTarget } from '../../../shared/protocol/erasure/erasure-target.ts';
import type { ErasureRequest } from '../../../shared/stores/privacy/erasure-request.ts';
import { type HoldTarget, isOnHold } from '../../../shared/stores/privacy/holds.ts';
import { holdKey } from '../../../shared/stores/privacy/privacy-keys.ts';
import { epochMillis } from '../../../shared/time.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import {
  ask,
  type ErasureWorld,
  expectReceipts,
  people,
  send,
  settle,
  start,
  take,
  work,
} from '../../support/erasure-acts.ts';
import { erasureWorld, type Placed, rooms } from '../../support/erasure-world.ts';
import type { Step } from '../../support/step.ts';

function covers({ userId, target }: ErasureRequest, { message }: Placed): boolean {
  if (userId !== message.from) return false;
  if (target.scope === 'account') return true;
  if (target.scope === 'profile' || target.conversationId !== message.conversationId) return false;
  return target.scope === 'conversation' || target.seq === message.seq;
}

/** Placed by then, it has to go; not yet written then, it has to stay; of a send under way either is right. */
function fateOf(world: ErasureWorld, placed: Placed): 'goes' | 'stays' | 'either' {
  const meaning = world.saved.filter((request) => covers(request, placed));
  const isNumber = meaning.some(({ target }) => target.scope === 'message');
  if (isNumber || meaning.some(({ writtenBy }) => placed.at <= writtenBy)) return 'goes';
  // A pass that dies before it is saved may have noted its look, which goes as far as the pass did.
  const noted = world.looked.filter(
    ({ userId, scope }) => userId === placed.message.from && scope === 'account',
  );
  const isMeant = [...meaning, ...noted].some(({ writtenBy }) => placed.message.sentAt <= writtenBy);
  return isMeant || saysTimeWithoutConsent(world, placed) ? 'either' : 'stays';
}

/** A send reads the clock before it is known that its sender has just come back: it looks like one let in before. */
function saysTimeWithoutConsent(world: ErasureWorld, { message: { from, sentAt } }: Placed): boolean {
  const then = world.ledger.findLast((entry) => entry.userId === from && entry.decidedAt <= sentAt);
  return then?.decision !== 'granted';
}

function expectRightMessages(world: ErasureWorld): number {
  const holds = world.holds.inForce();
  for (const placed of world.placed) {
    const { conversationId, seq, from } = placed.message;
    const what = { conversationId, seq, from, at: placed.at, isThere: world.isThere(placed) };
    const fate = fateOf(world, placed);
    if (fate === 'stays') expect(what).toEqual({ ...what, isThere: true });
    if (fate === 'goes' && !isOnHold(holds, from, conversationId))
      expect(what).toEqual({ ...what, isThere: false });
  }
  expect(world.faults).toEqual([]);
  const numbers = world.placed.map(({ message }) => `${message.conversationId} ${message.seq}`);
  expect(new Set(numbers).size).toBe(numbers.length);
  return world.placed.filter((placed) => world.isThere(placed)).length;
}

const accountsOf = (world: ErasureWorld, userId: string) =>
  world.saved.filter((request) => request.userId === userId && request.target.scope === 'account');

function expectNothingLeft(world: ErasureWorld, userId: string): void {
  const writtenBy = Math.max(...accountsOf(world, userId).map((request) => request.writtenBy));
  const all = rooms.map((id) => world.world(id));
  const claims = all.flatMap((each) => [...each.claims.values()]);
  const own = claims.filter((claim) => claim.userId === userId && (claim.claimedAt ?? 0) <= writtenBy);
  expect(own).toEqual([]);
  const last = world.ledger.findLast((entry) => entry.userId === userId);
  if (last?.decision === 'granted' && last.decidedAt > writtenBy) return;
  expect(last?.decision).toBe('withdrawn');
  expect(all.filter(({ members }) => members.has(userId))).toEqual([]);
  expect(all.flatMap((each) => each.head().retryMarks).filter((mark) => mark.userId === userId)).toEqual([]);
  expect(world.profiles.has(userId)).toBe(false);
  for (const sockets of [world.sockets, world.muted]) expect(sockets.has(userId)).toBe(false);
  const opened = world.ledger.filter((each) => each.userId === userId && each.decision === 'granted');
  expect(world.cut).toEqual(expect.arrayContaining(opened.map(({ entry }) => `${userId}-${entry}`)));
}

/** Of one who has not had the account erased nothing but messages and, if that was asked for, the profile went. */
function expectStillThere(world: ErasureWorld, userId: string): void {
  for (const id of rooms) expect(world.world(id).members.has(userId)).toBe(true);
  expect(world.sockets.get(userId)?.size).toBeGreaterThan(0);
  const sends = world.placed.filter(({ message }) => message.from === userId);
  const nameOf = ({ message }: Placed) => `${message.conversationId} ${message.id}`;
  const again = sends.filter((each, index) =>
    sends.slice(0, index).some((one) => nameOf(one) === nameOf(each)),
  );
  expect(again.filter((each) => world.isThere(each))).toEqual([]);
  const asked = world.saved.filter((each) => each.userId === userId && each.target.scope === 'profile');
  const setAt = world.ledger.findLast((each) => each.userId === userId)?.decidedAt ?? 0;
  expect(world.profiles.has(userId)).toBe(asked.every(({ writtenBy }) => writtenBy < setAt));
}

const dies = deathWithin(30);
const userId = fc.constantFrom(...people);
const room = fc.constantFrom(...rooms);
const target: fc.Arbitrary<ErasureTarget> = fc.oneof(
  fc.record({ scope: fc.constant('account' as const) }),
  fc.record({ scope: fc.constant('profile' as const) }),
  fc.record({ scope: fc.constant('conversation' as const), conversationId: room }),
  fc.record({
    scope: fc.constant('message' as const),
    conversationId: room,
    seq: fc.integer({ min: 1, max: 4 }),
  }),
);
const holdTarget: fc.Arbitrary<HoldTarget> = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), userId }),
  fc.record({ kind: fc.constant('conversation' as const), conversationId: room }),
);
const kind = <Kind extends string>(name: Kind) => fc.constant(name);
const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: kind('send'), userId, room, id: fc.constantFrom('a', 'b', 'c'), dies }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('erase'), userId, target, dies }) },
  { weight: 5, arbitrary: fc.record({ kind: kind('work'), twice: fc.boolean(), dies }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('hold'), on: holdTarget }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('lift') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('join'), userId }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('resume'), dies }) },
);
/** What happens at the same time, and how long nothing happens afterwards: longer than any invocation lasts. */
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 8 }),
  pause: fc.constantFrom(20_000, 61_000, 400_000),
});

test('what was asked to go goes, whatever crashes; the rest stays; a hold keeps what it keeps until it is lifted', async () => {
  let kept = 0;
  let went = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        const world = erasureWorld();
        const clock = { now: start };
        const now = () => clock.now;
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        const failures: unknown[] = [];
        const run = (done: Promise<unknown>) => void done.catch((error) => failures.push(error));
        for (const each of people) world.join(each, clock.now);

        for (const { moves, pause } of chapters) {
          clock.now += 1;
          for (const each of moves) {
            const dead = 'dies' in each ? each.dies : undefined;
            const step = dying(dead, scheduled);
            if (each.kind === 'send') run(send(world, step, now, each.userId, each.room, each.id));
            else if (each.kind === 'erase') run(ask(world, step, now, each.userId, each.target));
            else if (each.kind === 'resume')
              run(
                resumeErasures({
                  ...world.requestDeps(step, now),
                  looks: world.lookDeps(step),
                  isOver: () => false,
                }),
              );
            else if (each.kind === 'work') {
              const taken = take(world, clock.now);
              if (taken === undefined) continue;
              run(work(world, step, now, taken));
              if (each.twice) run(work(world, scheduled, now, taken));
            } else if (each.kind === 'hold') {
              const hold = {
                target: each.on,
                state: 'held',
                since: epochMillis(now()),
                moved: 0,
                revision: 1,
              };
              run(scheduled(() => world.holds.all.set(holdKey(each.on).at, hold as never)));
            } else if (each.kind === 'lift') run(scheduled(() => world.holds.all.clear()));
            else
              run(
                scheduled(() => {
                  clock.now += 1;
                  world.join(each.userId, clock.now);
                }),
              );
          }
          await scheduler.waitIdle();
          clock.now += pause;
        }
        await settle(world, clock);
        expect(failures).toEqual([]);
        // What is still open waits for a hold, and everything else that was asked to go is gone.
        expect([...world.requests.values()].filter(({ awaitsRelease }) => awaitsRelease !== true)).toEqual(
          [],
        );
        const there = expectRightMessages(world);

        world.holds.all.clear();
        await settle(world, clock);
        const left = expectRightMessages(world);
        kept += there - left;
        went += world.placed.length - left;
        expectReceipts(world);
        for (const each of people) {
          if (accountsOf(world, each).length > 0) expectNothingLeft(world, each);
          else expectStillThere(world, each);
        }
      },
    ),
    { numRuns: 600 },
  );
  // The property would hold of a world in which nothing is ever erased or held.
  expect(went).toBeGreaterThan(300);
  expect(kept).toBeGreaterThan(10);
});
