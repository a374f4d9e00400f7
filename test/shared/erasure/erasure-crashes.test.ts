import { resumeErasures } from '../../../shared/erasure/resume-erasures.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { holdKey } from '../../../shared/stores/privacy/privacy-keys.ts';
import { epochMillis } from '../../../shared/time.ts';
import { dying } from '../../support/dying.ts';
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
import { erasureWorld, rooms } from '../../support/erasure-world.ts';
import { direct, type Step } from '../../support/step.ts';

/** Alice has written in both conversations, bob has too, and alice asks for her account to be erased. */
async function beforeErasure(): Promise<{ world: ErasureWorld; clock: { now: number } }> {
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

const remainsOf = (world: ErasureWorld) => ({
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

const orders: readonly HoldTarget[] = [
  { kind: 'user', userId: 'alice' },
  { kind: 'conversation', conversationId: rooms[0] ?? '' },
];

test.each(orders)(
  'a hold of a $kind that is lifted at any effect of it keeps nothing, and what is over is over',
  async (target) => {
    const hold = { target, state: 'held', since: epochMillis(start), moved: 0, revision: 1 } as const;
    let effects = 0;
    for (let at = 1; ; at += 1) {
      const { world, clock } = await beforeErasure();
      const now = () => clock.now;
      world.holds.all.set(holdKey(target).at, hold);
      let seen = 0;
      const lifting: Step = async (effect) => {
        seen += 1;
        if (seen === at) {
          world.holds.all.clear();
          await resumeErasures({ ...world.requestDeps(direct, now), isOver: () => false });
        }
        return effect();
      };
      for (let job = take(world, now()); job !== undefined; job = take(world, now()))
        await work(world, lifting, now, job);
      if (seen < at) break;
      effects = at;
      await settle(world, clock);
      expect({ at, faults: world.faults }).toEqual({ at, faults: [] });
      expect(remainsOf(world)).toMatchObject({ open: 0, profiles: ['bob'] });
      expect(
        remainsOf(world)
          .messages.flat()
          .filter(([, from]) => from === 'alice'),
      ).toEqual([]);
      expectReceipts(world);
    }
    expect(effects).toBeGreaterThan(40);
  },
);
