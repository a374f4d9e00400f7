import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { MembersEvent } from '../../../shared/protocol/messages/table.ts';
import type { AfterLeaving, GroupHistory } from '../../../shared/stores/conversations/conversation.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { type MembersAct, type MembersWorld, membersWorld } from '../../support/members-world.ts';
import { direct, type Step } from '../../support/step.ts';

type Settings = { readonly history: GroupHistory; readonly afterLeaving: AfterLeaving };
type Standing = { role: string; joined: number; from: number };
type Range = readonly [from: number, to: number];

const first = ['ann', 'bob', 'cid'];
const people = [...first, 'dan', 'eve'];
/** Acts for the operator and is never in it. */
const operator = 'bot:desk';

/** What a log says of who is in, read from its beginning to its end by the simplest rules there are. */
function replay(world: MembersWorld, { history, afterLeaving }: Settings) {
  const members = new Map<string, Standing>(
    first.map((userId) => [userId, { role: userId === 'ann' ? 'owner' : 'member', joined: 0, from: 1 }]),
  );
  const ranges = new Map<string, Range[]>();
  /** What they could read at some time. */
  const once = new Map<string, Range[]>();
  const faults: string[] = [];
  let events = 0;

  for (const [index, { seq, from, content }] of world.messages().entries()) {
    if (seq !== index + 1) faults.push(`number ${seq} stands at place ${index + 1}`);
    const by = members.get(from);
    if (by === undefined && (from !== operator || content.type !== 'event'))
      faults.push(`${from}, who is not in, wrote ${seq}`);
    if (content.type === 'event' && content.event === 'members') {
      events += 1;
      apply(content, seq, from, by);
    }
  }
  for (const [userId, { from }] of members)
    for (const all of [once, ranges]) add(all, userId, [from, Number.MAX_SAFE_INTEGER]);
  return { members, ranges, once, faults, events };

  function apply(
    { added = [], removed = [], left = [], roles = {} }: MembersEvent,
    seq: number,
    from: string,
    by?: Standing,
  ) {
    const isOwner = by?.role === 'owner' || from === operator;
    if (added.length > 0 && by?.role === 'member') faults.push(`${from} may not add at ${seq}`);
    for (const userId of removed) {
      const isPlain = members.get(userId)?.role === 'member';
      if (!isOwner && !(by?.role === 'admin' && isPlain)) faults.push(`${from} may not remove at ${seq}`);
    }
    if (left.some((userId) => userId !== from)) faults.push(`${from} has others leave at ${seq}`);
    if (Object.keys(roles).length > 0 && !isOwner) faults.push(`${from} may give no role at ${seq}`);
    for (const userId of [...removed, ...left]) {
      const was = members.get(userId);
      if (was === undefined) faults.push(`${userId} goes twice at ${seq}`);
      else {
        add(once, userId, [was.from, seq]);
        if (afterLeaving === 'keep') add(ranges, userId, [was.from, seq]);
      }
      members.delete(userId);
    }
    for (const userId of added) {
      if (members.has(userId)) faults.push(`${userId} comes twice at ${seq}`);
      members.set(userId, { role: 'member', joined: seq, from: history === 'joining' ? seq : 1 });
    }
    for (const [userId, role] of Object.entries(roles)) {
      const one = members.get(userId);
      if (one === undefined) faults.push(`${userId} gets a role and is not in at ${seq}`);
      else one.role = role;
    }
    const owners = [...members.values()].filter(({ role }) => role === 'owner').length;
    if (members.size > 0 && owners !== 1) faults.push(`${owners} owners behind ${seq}`);
  }

  function add(all: Map<string, Range[]>, userId: string, range: Range): void {
    all.set(userId, [...(all.get(userId) ?? []), range]);
  }
}

async function expectAsTheLogSays(
  world: MembersWorld,
  settings: Settings,
  lived: ReadonlySet<string>,
): Promise<void> {
  const log = replay(world, settings);
  expect(log.faults).toEqual([]);
  const ids = world.messages().map(({ from, id }) => `${from} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
  const head = world.head();
  expect([head.revision ?? 0, head.memberCount]).toEqual([log.events, log.members.size]);
  const rows = world.members().map(({ userId, role = 'member' }) => [userId, role]);
  expect(new Map(rows as [string, string][])).toEqual(
    new Map([...log.members].map(([userId, { role }]) => [userId, role])),
  );
  const came = world.members().flatMap(({ userId, joinedSeq }) => (joinedSeq === undefined ? [] : [userId]));
  expect(came.filter((userId) => !world.marked().has(userId))).toEqual([]);
  for (const userId of people) {
    const ranges = log.ranges.get(userId) ?? [];
    const theirs = world
      .messages()
      .flatMap(({ seq }) => (ranges.some(([a, b]) => seq >= a && seq <= b) ? [seq] : []));
    const read = await world.history(userId).then(
      ({ messages }) => messages.map(({ seq }) => seq),
      (error: unknown) => (error instanceof ProtocolError ? error.code : 'failed'),
    );
    expect([userId, read]).toEqual([userId, ranges.length === 0 ? 'NOT_FOUND' : theirs]);
  }
  for (const { userId, push } of world.pushed)
    if (push.type === 'message') {
      const { seq } = push.message;
      const mayRead = (log.once.get(userId) ?? []).some(([a, b]) => seq >= a && seq <= b);
      expect([userId, seq, mayRead]).toEqual([userId, seq, true]);
    }
  // Of what nobody died over, who is in behind a number was pushed what stands there, or what came later: its number tells.
  const newest = new Map<string, number>();
  for (const { userId, push } of world.pushed)
    if (push.type === 'message') newest.set(userId, Math.max(newest.get(userId) ?? 0, push.message.seq));
  for (const { seq, from, id, content } of world.messages())
    for (const [userId, { joined }] of log.members) {
      if (!lived.has(`${from} ${id}`)) continue;
      if (joined > seq || (userId === from && content.type !== 'event')) continue;
      expect([seq, userId, (newest.get(userId) ?? 0) >= seq]).toEqual([seq, userId, true]);
    }
}

const who = fc.constantFrom(...people);
const act: fc.Arbitrary<Omit<MembersAct, 'id'> | 'send'> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('send' as const) },
  { weight: 4, arbitrary: fc.uniqueArray(who, { minLength: 1, maxLength: 2 }).map((add) => ({ add })) },
  { weight: 4, arbitrary: fc.uniqueArray(who, { minLength: 1, maxLength: 2 }).map((remove) => ({ remove })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(who, who)
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => ({ add: [one], remove: [other] })),
  },
  { weight: 3, arbitrary: fc.constant({ leave: true as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      role: fc.record({
        userId: who,
        role: fc.constantFrom('owner' as const, 'admin' as const, 'member' as const),
      }),
    }),
  },
);
const move = fc.record({
  by: fc.oneof(
    { weight: 2, arbitrary: fc.constant('ann') },
    { weight: 3, arbitrary: who },
    { weight: 1, arbitrary: fc.constant(operator) },
  ),
  act,
  dies: deathWithin(20),
  /** Over a new connection, while the first attempt is still under way. */
  twice: fc.boolean(),
});
const settings = fc.record({
  history: fc.constantFrom('start' as const, 'joining' as const),
  afterLeaving: fc.constantFrom('keep' as const, 'nothing' as const),
});

/** What somebody asks for until they have an answer, as a client does. */
const asking =
  (world: MembersWorld, { by, act }: { by: string; act: Omit<MembersAct, 'id'> | 'send' }, id: string) =>
  async (step: Step): Promise<unknown> =>
    act === 'send' ? world.send(step, by, id) : world.change(step, by, { ...act, id });

test('however people come, go and write at the same time, and whatever dies, one log says who could read and write what', async () => {
  const seen = { events: 0, texts: 0, returned: 0, byOperator: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      settings,
      fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 7 }),
      async (scheduler, given, chapters) => {
        const world = await membersWorld(first, given, 4);
        const lived = new Set<string>();
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        for (const [chapter, moves] of chapters.entries()) {
          const asked = moves.flatMap((each, index) => {
            const ask = asking(world, each, `${chapter}-${index}`);
            const first = { ask, dies: each.dies };
            return each.twice ? [first, { ask, dies: undefined }] : [first];
          });
          const answered = new Set<unknown>();
          for (const [index, { by, dies }] of moves.entries())
            if (dies === undefined) lived.add(`${by} ${chapter}-${index}`);
          for (const each of asked)
            void each.ask(dying(each.dies, scheduled)).then(
              () => answered.add(each),
              (error: unknown) => {
                if (!(error instanceof ProtocolError)) throw error;
                answered.add(each);
              },
            );
          await scheduler.waitIdle();
          for (const each of asked)
            if (!answered.has(each))
              await each.ask(direct).catch((error: unknown) => {
                if (!(error instanceof ProtocolError)) throw error;
              });
          await world.retryAll();
        }
        await expectAsTheLogSays(world, given, lived);
        const log = world.messages();
        seen.events += log.filter(({ content }) => content.type === 'event').length;
        seen.texts += log.filter(({ content }) => content.type === 'text').length;
        seen.byOperator += log.filter(({ from }) => from === operator).length;
        seen.returned += world.members().filter(({ returned }) => returned).length;
      },
    ),
    { numRuns: 250, endOnFailure: true },
  );
  // All of it has come about.
  expect(Math.min(seen.events, seen.texts)).toBeGreaterThan(100);
  expect(seen.returned).toBeGreaterThan(5);
  expect(seen.byOperator).toBeGreaterThan(20);
});

test('a send that is repeated while its first attempt is under way is pushed to nobody who was removed before it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), settings, async (scheduler, given) => {
      const world = await membersWorld(first, given);
      const scheduled: Step = async (effect) => {
        await scheduler.schedule(Promise.resolve());
        return effect();
      };
      const attempts = [1, 2].map(async () => world.send(scheduled, 'bob', 'x'));
      const removal = world.change(scheduled, 'ann', { id: 'y', remove: ['cid'] });
      await scheduler.waitIdle();
      const settled = await Promise.allSettled([...attempts, removal]);
      for (const each of settled)
        if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(ProtocolError);
      await world.retryAll();
      await expectAsTheLogSays(world, given, new Set());
    }),
    { numRuns: 300, endOnFailure: true },
  );
});

describe('a crash at every call of a change', () => {
  const given = { history: 'joining', afterLeaving: 'keep' } as const;
  const change = { id: 'x', add: ['dan'], remove: ['cid'] };
  const cases = Array.from({ length: 16 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const world = await membersWorld(first, given);
    await world.send(direct, 'cid', 'before');
    const crashed = world.change(dying({ at, after }, direct), 'ann', change);
    await Promise.race([crashed, new Promise((resolve) => setImmediate(resolve))]);
    expect(await world.change(direct, 'ann', change)).toMatchObject({
      members: ['ann', 'bob', 'dan'],
      revision: 1,
    });
    await world.send(direct, 'dan', 'after');
    await world.retryAll();
    await expectAsTheLogSays(world, given, new Set(['ann x', 'dan after']));
    expect(world.messages().map(({ id }) => id)).toEqual(['before', 'x', 'after']);
  });
});
