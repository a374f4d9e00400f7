import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { dayOf } from '../../../shared/stores/personal/recent-store.ts';
import { type ConversationWorld, conversationWorld } from '../../support/conversation-world.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_800_000_000_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Claim, read; put, connections; a post, the number. */
const ordinary = 6;
/** More for the first message of a day: new marks, the head, old marks. */
const ofADay = 3;

const people = { direct: ['alice', 'bob'], group: ['alice', 'bob', 'carol'] } as const;
const kinds = ['direct', 'group'] as const;

/** How many calls the work makes, so that it can end at each of them. */
async function callsOf(work: (step: Step) => Promise<unknown>): Promise<number> {
  let calls = 0;
  await work(async (effect) => {
    calls += 1;
    return effect();
  });
  return calls;
}
const deathsIn = (calls: number) =>
  Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
/** Until nothing moves any more: what has died never ends. */
async function ended(work: Promise<unknown>): Promise<void> {
  const idle = (async () => {
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  })();
  await Promise.race([work.catch(() => undefined), idle]);
}

describe.each(kinds)('a %s conversation', (kind) => {
  let now: number;
  let world: ConversationWorld;
  const fresh = () => conversationWorld(kind, people[kind], () => now);
  const pass = (millis: number) => {
    now += millis;
    world.passTimeToLive();
  };
  beforeEach(() => {
    now = start;
    world = fresh();
  });

  test('without a message is there for a day, and leaves no row, wherever `open` ends', async () => {
    for (const death of deathsIn(await callsOf(async (step) => fresh().open(step)))) {
      world = fresh();
      await ended(world.open(dying(death, direct)));
      pass(day + minute);
      expect(world.rooms.size).toBe(0);
    }
    world = fresh();
    await world.open(direct);
    pass(day - 1);
    expect((await world.hello(direct, 'bob')).conversations).toHaveLength(1);
    pass(1);
    expect((await world.hello(direct, 'bob')).conversations).toEqual([]);
    await expect(world.send(direct, 'alice', 'late')).rejects.toThrow(ProtocolError);
    pass(minute);
    expect(world.rooms.size).toBe(0);
  });

  test('whose first message is stored stays, wherever the send ends', async () => {
    const opened = async () => {
      world = fresh();
      await world.open(direct);
      return world;
    };
    const calls = await callsOf(async (step) => {
      await opened();
      pass(day - 1_000);
      return world.send(step, 'alice', 'a');
    });
    let stored = 0;
    for (const death of deathsIn(calls)) {
      now = start;
      await opened();
      pass(day - 1_000);
      await ended(world.send(dying(death, direct), 'alice', 'a'));
      const isStored = world.messages.size > 0;
      pass(2 * day);
      if (!isStored) continue;
      stored += 1;
      expect(world.hasHead()).toBe(true);
      expect(world.memberRows()).toEqual(people[kind]);
      expect(await world.send(direct, 'alice', 'a')).toMatchObject({ seq: 1, duplicate: true });
      expect((await world.history(direct, 'bob')).messages).toHaveLength(1);
      pass(30 * day);
      expect(world.memberRows()).toEqual(['alice', 'bob']);
    }
    expect(stored).toBeGreaterThan(2);
  });

  test('who comes stays, by whatever they do; between them a message writes no row', async () => {
    const comings: readonly ((userId: string) => Promise<unknown>)[] = [
      async (userId) => world.hello(direct, userId),
      async (userId) => world.history(direct, userId),
      async (userId) => world.read(direct, userId, 1),
      async (userId) => world.send(direct, userId, 'b'),
    ];
    for (const come of comings) {
      now = start;
      world = fresh();
      await world.open(direct);
      await world.send(direct, 'alice', 'a');
      for (const userId of people[kind]) await come(userId);
      pass(100 * day);
      expect(world.memberRows()).toEqual(people[kind]);
      // The first one of a day tells the lists of all of them.
      expect(await callsOf(async (step) => world.send(step, 'alice', 'of that day'))).toBe(ordinary + ofADay);
      expect(await callsOf(async (step) => world.send(step, 'alice', 'c'))).toBe(ordinary);
    }
  });

  test('opened again lasts a day from then, and is new where it had ended', async () => {
    await world.open(direct);
    pass(20 * hour);
    await world.open(direct, 'bob');
    pass(23 * hour);
    if (kind === 'direct') await world.send(direct, 'alice', 'a');
    now += 3 * day;
    world = fresh();
    await world.open(direct);
    now += 2 * day;
    // Time to live is late: the rows are there still.
    await world.open(direct, 'bob');
    const rows = world.rooms.get(world.conversationId);
    expect(rows?.members.get('alice')).not.toHaveProperty('engaged');
    await world.send(direct, 'bob', 'b');
    expect((await world.history(direct, 'alice')).messages).toHaveLength(1);
  });

  test('under hold keeps its rows, and loses them after the release', async () => {
    const targets = [
      { kind: 'conversation', conversationId: world.conversationId },
      { kind: 'user', userId: 'alice' },
    ] as const;
    for (const target of targets) {
      now = start;
      world = fresh();
      await world.open(direct);
      await world.hold(direct, target, 'held');
      now += 10 * minute;
      await world.hold(direct, target, 'held');
      pass(30 * day);
      expect(world.memberRows()).toEqual(target.kind === 'user' ? ['alice'] : people[kind]);
      expect(world.hasHead()).toBe(target.kind === 'conversation');
      // Nobody but the hold has it.
      expect((await world.hello(direct, 'alice')).conversations).toEqual([]);
      await expect(world.history(direct, 'alice')).rejects.toThrow(ProtocolError);
      await world.hold(direct, target, 'releasing');
      pass(minute);
      expect(world.memberRows()).toEqual([]);
    }
  });
});

test('in a group who never comes is waited for as long as somebody writes, and a week; a write a day', async () => {
  let now = start;
  const world = conversationWorld('group', people.group, () => now);
  await world.open(direct);
  await world.send(direct, 'alice', 'first');
  await world.hello(direct, 'bob');
  let costly = 0;
  let today = dayOf(start);
  for (let hours = 0; hours < 20 * 24; hours += 4) {
    now += 4 * hour;
    world.passTimeToLive();
    const calls = await callsOf(async (step) => world.send(step, 'bob', `m-${hours}`));
    const isFirst = dayOf(now) !== today;
    today = dayOf(now);
    if (calls > ordinary + (isFirst ? ofADay : 0)) costly += 1;
    expect(world.memberRows()).toEqual(people.group);
  }
  expect(costly).toBeLessThanOrEqual(21);
  now += 7 * day - minute;
  world.passTimeToLive();
  expect((await world.send(direct, 'alice', 'last')).seq).toBeGreaterThan(100);
  now += 9 * day;
  world.passTimeToLive();
  expect(world.memberRows()).toEqual(['alice', 'bob']);
});

const whoever = fc.constantFrom('alice', 'bob', 'carol');
const dies = deathWithin(14);
const act = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('open' as const), userId: whoever, dies }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), userId: whoever, dies }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hello' as const), userId: whoever, dies }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('history' as const), userId: whoever, dies }) },
);
const chapter = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 4 }),
  pause: fc.constantFrom(0, hour, 23 * hour, day - 1, day, 25 * hour, 8 * day),
  late: fc.boolean(),
});

test('whatever dies when and however late time to live is: a stored message has its conversation, and whoever has come is in it', async () => {
  let messages = 0;
  let gone = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      // Without it most acts come before whoever opens, and say nothing.
      fc.boolean(),
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (kind, isOpen, scheduler, chapters) => {
        let now = start;
        const world = conversationWorld(kind, people[kind], () => now);
        if (isOpen) await world.open(direct);
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          return effect();
        };
        const come = new Set<string>();
        let ids = 0;
        let deaths = 0;
        let acks = 0;
        for (const { acts, pause, late } of chapters) {
          for (const { kind: what, userId, dies: death } of acts) {
            if (!people[kind].some((each) => each === userId)) continue;
            if (what === 'open' && kind === 'group' && world.rooms.size > 0) continue;
            if (death !== undefined) deaths += 1;
            const step = dying(death, scheduled);
            ids += 1;
            const work = {
              open: async () => world.open(step, userId),
              hello: async () => world.hello(step, userId),
              history: async () => world.history(step, userId),
              send: async () => world.send(step, userId, `m-${ids}`),
            }[what]();
            void work.then(
              (result) => {
                if (what === 'send') acks += 1;
                const lastSeqs =
                  'conversations' in result ? result.conversations.map((each) => each.lastSeq) : [0];
                const hasCome = what === 'send' || (what === 'hello' && (lastSeqs[0] ?? 0) > 0);
                if (hasCome) come.add(userId);
              },
              () => undefined,
            );
          }
          await scheduler.waitIdle();
          now += pause;
          if (!late) world.passTimeToLive();
          if (world.messages.size > 0) expect(world.hasHead()).toBe(true);
          for (const { from } of world.messages.values())
            if (from !== undefined) expect(world.memberRows()).toContain(from);
          for (const userId of come) expect(world.memberRows()).toContain(userId);
          if (kind === 'direct' && acks > 0) expect(world.memberRows()).toEqual(people.direct);
        }
        messages += world.messages.size;
        now += 60 * day;
        world.passTimeToLive();
        for (const userId of come) expect(world.memberRows()).toContain(userId);
        if (deaths > 0 || acks > 0) return;
        gone += 1;
        expect(world.rooms.size).toBe(0);
      },
    ),
    { numRuns: 600 },
  );
  expect(messages).toBeGreaterThan(100);
  expect(gone).toBeGreaterThan(5);
});
