import fc from 'fast-check';
import { authorizeErasure } from '../../../shared/erasure/authorize-erasure.ts';
import { carryOutErasure } from '../../../shared/erasure/carry-out-erasure.ts';
import type { ErasureRequest } from '../../../shared/erasure/erasure-request.ts';
import type { ErasureTarget } from '../../../shared/erasure/erasure-target.ts';
import { takeLateLook } from '../../../shared/erasure/late-look.ts';
import { requestErasure } from '../../../shared/erasure/request-erasure.ts';
import { resumeErasures } from '../../../shared/erasure/resume-erasures.ts';
import { holdKey } from '../../../shared/holds/hold-store.ts';
import { type HoldTarget, isHeld } from '../../../shared/holds/holds.ts';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { epochMillis } from '../../../shared/time.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { erasureWorld, type Job, type Placed, rooms } from '../../support/erasure-world.ts';
import { direct, type Step } from '../../support/step.ts';

type World = ReturnType<typeof erasureWorld>;

const start = 1_000_000_000_000;
const people = ['alice', 'bob'];

/** What a client may be told is no fault. */
function refused(error: unknown): void {
  if (!(error instanceof ProtocolError)) throw error;
}

async function send(world: World, step: Step, now: () => number, userId: string, room: string, id: string) {
  await sendMessage(
    world.sendDeps(room, step, now),
    { userId, connectionId: `${userId}-1` },
    { action: 'send', id, conversationId: room, content: { type: 'text', text: `text of ${userId}` } },
  ).catch(refused);
}

async function ask(world: World, step: Step, now: () => number, userId: string, target: ErasureTarget) {
  const { conversations, messages } = world.sendDeps(
    'conversationId' in target ? target.conversationId : (rooms[0] ?? ''),
    step,
    now,
  );
  const clock = () => epochMillis(now());
  const deps = { conversations, messages, profilesStored: true, retentionSeconds: 604_800, now: clock };
  await authorizeErasure(deps, userId, target)
    .then(async () => requestErasure(world.requestDeps(step, now), userId, target, 'user'))
    .catch(refused);
}

async function work(world: World, step: Step, now: () => number, { job }: Job): Promise<void> {
  const deps = world.workDeps(step, now);
  await ('target' in job ? carryOutErasure(deps, job) : takeLateLook(deps, job));
}

/**
 * The next job that is due. Of a request it is lost with the invocation: the schedule has to find it. A late look
 * comes back, as the queue does it.
 */
function take(world: World, now: number): { job: Job; over: () => void } | undefined {
  const index = world.queue.findIndex(({ dueAt }) => dueAt <= now);
  const [job] = index < 0 ? [] : world.queue.splice(index, 1);
  if (job === undefined) return undefined;
  if ('target' in job.job) return { job, over: () => undefined };
  const again = { ...job, dueAt: now + 360_000 };
  world.queue.push(again);
  return { job, over: () => void world.queue.splice(world.queue.indexOf(again), 1) };
}

/** All that the schedule and the queue do by themselves, until nothing but holds keeps anything. */
async function settle(world: World, clock: { now: number }): Promise<void> {
  const now = () => clock.now;
  for (let round = 0; round < 8; round += 1) {
    clock.now += 1_000_000;
    const deps = world.requestDeps(direct, now);
    await resumeErasures({ ...deps, now: () => epochMillis(now()) });
    const due = world.queue.filter(({ dueAt }) => dueAt <= clock.now).length;
    for (let each = 0; each < due; each += 1) {
      const taken = take(world, clock.now);
      if (taken === undefined) break;
      await work(world, direct, now, taken.job);
      taken.over();
    }
  }
}

function covers({ userId, target }: ErasureRequest, { message }: Placed): boolean {
  if (userId !== message.from) return false;
  if (target.scope === 'account') return true;
  if (target.scope === 'profile' || target.conversationId !== message.conversationId) return false;
  return target.scope === 'conversation' || target.seq === message.seq;
}

/** Placed by then, it has to go; not yet written then, it has to stay; of a send under way either is right. */
function fateOf(world: World, placed: Placed): 'goes' | 'stays' | 'either' {
  const meaning = world.saved.filter((request) => covers(request, placed));
  const isNumber = meaning.some(({ target }) => target.scope === 'message');
  if (isNumber || meaning.some(({ writtenBy }) => placed.at <= writtenBy)) return 'goes';
  return meaning.some(({ writtenBy }) => placed.message.sentAt <= writtenBy) ? 'either' : 'stays';
}

const isThere = (world: World, { message: { conversationId, seq, from } }: Placed) =>
  world.world(conversationId).messages.get(seq)?.from === from;

function expectRightMessages(world: World): number {
  const holds = world.holds.inForce();
  for (const placed of world.placed) {
    const { conversationId, seq, from } = placed.message;
    const what = { conversationId, seq, from, at: placed.at, isThere: isThere(world, placed) };
    const fate = fateOf(world, placed);
    if (fate === 'stays') expect(what).toEqual({ ...what, isThere: true });
    if (fate === 'goes' && !isHeld(holds, from, conversationId))
      expect(what).toEqual({ ...what, isThere: false });
  }
  expect(world.faults).toEqual([]);
  const numbers = world.placed.map(({ message }) => `${message.conversationId} ${message.seq}`);
  expect(new Set(numbers).size).toBe(numbers.length);
  return world.placed.filter((placed) => isThere(world, placed)).length;
}

const accountsOf = (world: World, userId: string) =>
  world.saved.filter((request) => request.userId === userId && request.target.scope === 'account');

function expectNothingLeft(world: World, userId: string): void {
  const writtenBy = Math.max(...accountsOf(world, userId).map((request) => request.writtenBy));
  const all = rooms.map((id) => world.world(id));
  const claims = all.flatMap((each) => [...each.claims.values()]);
  const own = claims.filter((claim) => claim.userId === userId && claim.claimedAt <= writtenBy);
  expect(own).toEqual([]);
  const last = world.ledger.findLast((entry) => entry.userId === userId);
  if (last?.decision === 'granted' && last.decidedAt > writtenBy) return;
  expect(last?.decision).toBe('withdrawn');
  expect(all.filter(({ members }) => members.has(userId))).toEqual([]);
  expect(all.flatMap((each) => [...each.head().contested]).filter((mark) => mark.includes(userId))).toEqual(
    [],
  );
  expect(world.profiles.has(userId)).toBe(false);
  expect(world.sockets.has(userId)).toBe(false);
  const opened = world.ledger.filter((each) => each.userId === userId && each.decision === 'granted');
  expect(world.cut).toEqual(expect.arrayContaining(opened.map(({ entry }) => `${userId}-${entry}`)));
}

/** Of one who has not had the account erased nothing but messages and, if that was asked for, the profile went. */
function expectStillThere(world: World, userId: string): void {
  for (const id of rooms) expect(world.world(id).members.get(userId)).toEqual({ suspended: false });
  expect(world.sockets.get(userId)?.size).toBeGreaterThan(0);
  const sends = world.placed.filter(({ message }) => message.from === userId);
  const nameOf = ({ message }: Placed) => `${message.conversationId} ${message.id}`;
  const again = sends.filter((each, index) =>
    sends.slice(0, index).some((one) => nameOf(one) === nameOf(each)),
  );
  expect(again.filter((each) => isThere(world, each))).toEqual([]);
  const asked = world.saved.filter((each) => each.userId === userId && each.target.scope === 'profile');
  const setAt = world.ledger.findLast((each) => each.userId === userId)?.decidedAt ?? 0;
  expect(world.profiles.has(userId)).toBe(asked.every(({ writtenBy }) => writtenBy < setAt));
}

function expectReceipts(world: World): void {
  expect([...world.requests.values()]).toEqual([]);
  expect(new Set(world.receipts.keys())).toEqual(new Set(world.saved.map(({ requestId }) => requestId)));
  expect(world.closed).toHaveLength(world.receipts.size);
  for (const { state, stores } of world.receipts.values()) {
    expect(state).toBe('done');
    expect(stores.filter(({ found, held }) => found + held > 0)).toEqual([]);
  }
  expect(JSON.stringify([world.saved, [...world.receipts.values()]])).not.toMatch(/text of|nickname/);
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
              run(resumeErasures({ ...world.requestDeps(step, now), now: () => epochMillis(now()) }));
            else if (each.kind === 'work') {
              const taken = take(world, clock.now);
              if (taken === undefined) continue;
              run(work(world, step, now, taken.job).then(taken.over));
              if (each.twice) run(work(world, scheduled, now, taken.job));
            } else if (each.kind === 'hold') {
              const hold = {
                target: each.on,
                state: 'held',
                since: epochMillis(now()),
                moved: 0,
                revision: 1,
              };
              run(scheduled(() => world.holds.all.set(holdKey(each.on), hold as never)));
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
}, 120_000);

/** Alice has written in both conversations, bob has too, and alice asks for her account to be erased. */
async function beforeErasure(): Promise<{ world: World; clock: { now: number } }> {
  const world = erasureWorld();
  const clock = { now: start };
  const now = () => clock.now;
  for (const each of people) world.join(each, clock.now);
  for (const [index, id] of ['a', 'b', 'c'].entries())
    for (const each of people)
      for (const where of rooms) {
        clock.now += 1 + index;
        await send(world, direct, now, each, where, id);
      }
  await ask(world, direct, now, 'alice', { scope: 'account' });
  return { world, clock };
}

const remainsOf = (world: World) => ({
  messages: rooms.map((id) =>
    [...world.world(id).messages.values()].map(({ seq, from, id: name }) => [seq, from, name]),
  ),
  claims: rooms.map((id) => [...world.world(id).claims.keys()].toSorted()),
  members: rooms.map((id) => [...world.world(id).members]),
  profiles: [...world.profiles.keys()],
  sockets: [...world.sockets.keys()],
  ledger: world.ledger.map(({ userId: who, decision }) => [who, decision]),
  cut: [...new Set(world.cut)],
  open: world.requests.size,
  receipts: [...world.receipts.values()].map(({ state, stores }) => [
    state,
    stores.map(({ store, outcome, found }) => [store, outcome, found]),
  ]),
});

test('a crash at every single effect of an account’s erasure ends as an erasure without one', async () => {
  const { world: whole, clock } = await beforeErasure();
  let effects = 0;
  const counting: Step = async (effect) => {
    effects += 1;
    return effect();
  };
  const [job] = whole.queue.splice(0);
  if (job === undefined) throw new Error('nothing was asked for');
  await work(whole, counting, () => clock.now, job);
  // The first pass alone takes everything that is not under way.
  expect(
    remainsOf(whole)
      .claims.flat()
      .filter((key) => key.startsWith('alice ')),
  ).toEqual([]);
  expect(
    remainsOf(whole)
      .messages.flat()
      .filter(([, from]) => from === 'alice'),
  ).toEqual([]);
  await settle(whole, clock);
  const expected = remainsOf(whole);
  expect(expected).toMatchObject({ profiles: ['bob'], sockets: ['bob'], cut: ['alice-1'], open: 0 });
  expect(expected.messages.flat().filter(([, from]) => from === 'alice')).toEqual([]);
  expect(expected.messages.flat().filter(([, from]) => from === 'bob')).toHaveLength(6);

  expect(effects).toBeGreaterThan(60);
  for (let at = 1; at <= effects; at += 1) {
    for (const after of [false, true]) {
      const { world, clock: itsClock } = await beforeErasure();
      const [itsJob] = world.queue.splice(0);
      if (itsJob === undefined) throw new Error('nothing was asked for');
      const dead = dying({ at, after }, direct);
      const crashed = work(world, dead, () => itsClock.now, itsJob);
      await Promise.race([crashed, new Promise((resolve) => setImmediate(resolve))]);
      await settle(world, itsClock);
      expect({ at, after, ...remainsOf(world) }).toEqual({ at, after, ...expected });
      expectReceipts(world);
    }
  }
});
