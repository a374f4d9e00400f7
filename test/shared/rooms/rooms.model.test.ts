import * as fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { RoomJob } from '../../../shared/stores/queue/room-job.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { room, roomWorld } from '../../support/room-world.ts';
import type { Step } from '../../support/step.ts';

type World = ReturnType<typeof roomWorld>;

const poke: RoomJob = { conversationId: room, shards: 1, from: 0, to: 1 };

/** Each effect at some instant, and its answer at a later one. */
const scheduled =
  (scheduler: fc.Scheduler, name: string): Step =>
  async (effect) => {
    await scheduler.schedule(Promise.resolve(), name);
    const result = effect();
    await scheduler.schedule(Promise.resolve(), `${name} answers`);
    return result;
  };

/** A worker takes what is due, in whatever order; what it dies of comes back to the queue. */
async function work(world: World, step: Step, death: Death | undefined, takes: number): Promise<void> {
  const mortal = dying(death, step);
  for (let round = 0; round < takes; round += 1) {
    const index = await step(() => world.queue.findIndex(({ at }) => at <= world.state.now));
    const [taken] = index === -1 ? [] : world.queue.splice(index, 1);
    if (taken === undefined) continue;
    const deadline = Symbol('dead');
    const done = world.carryOut(mortal, taken.job).then(() => 'done' as const);
    // Nobody waits for whoever has died: the queue gives the job to somebody else.
    const outcome = death === undefined ? await done : await Promise.race([done, afterSteps(step, deadline)]);
    if (outcome === deadline) {
      world.queue.push({ ...taken, at: world.state.now });
      return;
    }
  }
}

async function afterSteps<Mark>(step: Step, mark: Mark): Promise<Mark> {
  for (let count = 0; count < 60; count += 1) await step(() => undefined);
  return mark;
}

/** Time goes by, and everything that is left in the queue is done by somebody who lives. */
async function settle(world: World): Promise<void> {
  for (let round = 0; round < 40 && (round < 2 || world.queue.length > 0); round += 1) {
    world.pass(31_000);
    const left = world.queue.splice(0);
    for (const { job } of left) await world.carryOut(async (effect) => effect(), job);
  }
  expect(world.queue).toEqual([]);
}

/** Of each connection the numbers that came in frames, in their order, and how far it was told that it is behind. */
function received(world: World, connectionId: string) {
  const frames = world.told.filter((each) => each.connectionId === connectionId).map(({ frame }) => frame);
  return {
    numbers: frames.flatMap((frame) =>
      frame.type === 'messages' ? frame.messages.map(({ seq }) => seq) : [],
    ),
    behind: Math.max(0, ...frames.map((frame) => (frame.type === 'behind' ? frame.lastSeq : 0))),
  };
}

const step: Step = async (effect) => effect();

/** The number that is acked; undefined where it is to be repeated. */
async function sent(sending: Promise<{ readonly seq: number }>): Promise<number | undefined> {
  try {
    return (await sending).seq;
  } catch (error) {
    if (error instanceof ProtocolError && error.code === 'CONFLICT') return undefined;
    throw error;
  }
}

test('crashes, lost and repeated pokes, leases that run out: nothing is lost, and nothing comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('poked', 'poke lost', 'poked twice'), { minLength: 1, maxLength: 6 }),
      fc.array(deathWithin(16), { minLength: 2, maxLength: 3 }),
      fc.constantFrom(0, 0, 16_000, 31_000),
      fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
      async (scheduler, sends, deaths, jump, unreachable) => {
        const world = roomWorld(['one', 'two']);
        if (unreachable !== undefined) world.state.unreachable.add(unreachable);
        const sending = sends.map(async (fate, index) => {
          const own = scheduled(scheduler, `send ${index}`);
          // Who has slept for longer than a send lasts is told to repeat it.
          const acked = await sent(world.send(own, `m${index}`));
          if (fate === 'poke lost') await own(() => world.losePoke());
          if (fate === 'poked twice') await own(() => world.queue.push({ job: poke, at: 0 }));
          return acked;
        });
        const working = deaths.map(async (death, index) =>
          work(world, scheduled(scheduler, `worker ${index}`), death, 4),
        );
        const clock = scheduled(scheduler, 'clock')(() => world.pass(jump));
        await scheduler.waitFor(Promise.all([...working, clock]));
        const acked = await scheduler.waitFor(Promise.all(sending));
        world.state.unreachable.clear();
        // Whatever was lost is made good by whoever writes next.
        await world.send(step, 'last');
        await settle(world);
        const all = world.stored().map(({ seq }) => seq);
        expect(all).toHaveLength(acked.filter((seq) => seq !== undefined).length + 1);
        for (const { connectionId } of world.connections) {
          const { numbers, behind } = received(world, connectionId);
          expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
          // Who could not be told that they are behind either sees the gap in front of what comes next.
          const seen = connectionId === unreachable ? Math.max(behind, ...numbers) : behind;
          expect(all.filter((seq) => seq > seen && !numbers.includes(seq))).toEqual([]);
        }
      },
    ),
    { numRuns: 300, endOnFailure: true },
  );
});

test('who lives on tells everybody everything, in order, and of what is written in a row together', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 8 }), async (scheduler, count) => {
      const world = roomWorld(['one', 'two', 'three']);
      const sending = Array.from({ length: count }, async (_, index) =>
        world.send(scheduled(scheduler, `send ${index}`), `m${index}`),
      );
      const working = [1, 2].map(async (index) =>
        work(world, scheduled(scheduler, `worker ${index}`), undefined, 4),
      );
      await scheduler.waitFor(Promise.all([...sending, ...working]));
      await settle(world);
      for (const { connectionId } of world.connections)
        expect(received(world, connectionId)).toEqual({
          numbers: Array.from({ length: count }, (_, index) => index + 1),
          behind: 0,
        });
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

/** Until it is acked, as a client does. */
async function repeatUntilAcked(world: World, id: string): Promise<number> {
  for (;;) {
    const seq = await sent(world.send(step, id));
    if (seq !== undefined) return seq;
    world.pass(4_000);
  }
}

test('a send that dies anywhere, and its repeats: one message, under the number that is acked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(deathWithin(9), { minLength: 1, maxLength: 3 }),
      fc.nat(20_000),
      async (scheduler, deaths, later) => {
        const world = roomWorld(['one']);
        // Attempts that overlap: of those that live some are told that it is too early to say.
        const attempts = deaths.map(async (death, index) => {
          const own = scheduled(scheduler, `attempt ${index}`);
          const dies = dying(death, own);
          const outcome = world.send(dies, 'm').then(
            ({ seq }) => seq,
            () => undefined,
          );
          return death === undefined ? outcome : Promise.race([outcome, afterSteps(own, undefined)]);
        });
        const others = world.send(scheduled(scheduler, 'other'), 'other');
        const acked = await scheduler.waitFor(Promise.all(attempts));
        await scheduler.waitFor(others);
        world.pass(later);
        await world.send(step, 'later');
        await settle(world);
        const seq = await repeatUntilAcked(world, 'm');
        await settle(world);
        expect(
          world
            .stored()
            .filter(({ id }) => id === 'm')
            .map((each) => each.seq),
        ).toEqual([seq]);
        expect(acked.filter((each) => each !== undefined && each !== seq)).toEqual([]);
        const { numbers } = received(world, 'one');
        expect(numbers).toEqual(world.stored().map((each) => each.seq));
      },
    ),
    { numRuns: 300, endOnFailure: true },
  );
});

test('what stands behind a number whose sender has died is told without anybody writing again', async () => {
  const world = roomWorld(['one']);
  // It has its number, and stores nothing under it.
  const dead = world.send(dying({ at: 4, after: false }, step), 'dead');
  dead.catch(() => undefined);
  await afterSteps(step, undefined);
  const seq = await sent(world.send(step, 'behind it'));
  expect(seq).toBe(2);
  await settle(world);
  expect(received(world, 'one')).toEqual({ numbers: [2], behind: 0 });
});

test('repeats that overlap store one message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 4 }), async (scheduler, at) => {
      const world = roomWorld(['one']);
      world.send(dying({ at, after: true }, step), 'm').catch(() => undefined);
      await afterSteps(step, undefined);
      world.pass(20_000);
      const repeats = [1, 2].map(async (index) =>
        sent(world.send(scheduled(scheduler, `repeat ${index}`), 'm')),
      );
      await scheduler.waitFor(Promise.all(repeats));
      await settle(world);
      const seq = await repeatUntilAcked(world, 'm');
      expect(world.stored().map((each) => each.seq)).toEqual([seq]);
    }),
    { numRuns: 200, endOnFailure: true },
  );
});
