import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { MembersEvent } from '../../../shared/protocol/messages/table.ts';
import { placeOf } from '../../../shared/stores/live/live-shard.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { type MembersWorld, membersWorld } from '../../support/members-world.ts';
import { direct, type Step } from '../../support/step.ts';

/** Whoever comes to a group of two shards stands in the second one, where nobody looks for a group of one. */
const isInSecond = (userId: string) =>
  placeOf({ conversationId: 'g', shards: 2 }, `${userId}-1`).endsWith('#1');
const newcomers = Array.from({ length: 40 }, (_, index) => `new-${index}`)
  .filter(isInSecond)
  .slice(0, 5);
const [ann, bob, cid] = ['ann', 'bob', 'cid'] as const;
const connected = [ann, bob, cid, ...newcomers];

type Act =
  | { readonly does: 'send'; readonly by: string }
  | { readonly does: 'add' | 'remove'; readonly named: readonly string[] }
  | { readonly does: 'connect'; readonly by: string };
type Placed = {
  readonly from: string;
  readonly id: string;
  readonly content: { readonly type: string; readonly text?: string };
};

const settings = { history: 'start', afterLeaving: 'keep' } as const;
const writer = fc.constantFrom(ann, bob, cid, ...newcomers);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: writer.map((by) => ({ does: 'send', by }) as const) },
  {
    weight: 4,
    arbitrary: fc
      .subarray(newcomers, { minLength: 1, maxLength: 3 })
      .map((named) => ({ does: 'add', named }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .subarray([cid, ...newcomers], { minLength: 1, maxLength: 2 })
      .map((named) => ({ does: 'remove', named }) as const),
  },
  { weight: 1, arbitrary: writer.map((by) => ({ does: 'connect', by }) as const) },
);
const chapters = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 });
/** Just before it becomes large, or needs a second shard; or just behind. */
const size = fc.constantFrom(30, 31, 32, 33, 125, 126, 127, 128);

const groupOf = async (members: number, stored: boolean) => {
  const crowd = Array.from({ length: members - 3 }, (_, index) => `crowd-${index}`);
  return membersWorld([ann, bob, cid, ...crowd], settings, 200, undefined, { sockets: connected, stored });
};

const scheduledBy =
  (scheduler: fc.Scheduler): Step =>
  async (effect) => {
    await scheduler.schedule(Promise.resolve());
    const result = effect();
    await scheduler.schedule(Promise.resolve());
    return result;
  };

/** Tells when an act has had its last effect. */
function untilDeath(death: Death | undefined, step: Step) {
  const { promise: died, resolve } = Promise.withResolvers<'died'>();
  let left = death === undefined ? Number.POSITIVE_INFINITY : death.at - (death.after ? 0 : 1);
  if (left === 0) resolve('died');
  const counted: Step = async (effect) => {
    const result = await step(effect);
    left -= 1;
    if (left === 0) resolve('died');
    return result;
  };
  return { counted, died };
}

/** What stands where, by the table or, where there is none, by the acks and by what came to anybody. */
function logOf(world: MembersWorld, acked: ReadonlyMap<number, Placed>): ReadonlyMap<number, Placed> {
  const came = world.pushed.flatMap(({ push }) =>
    push.type === 'message' ? [[push.message.seq, push.message] as const] : [],
  );
  const stored = world.messages().map((message) => [message.seq, message] as const);
  const placed: readonly (readonly [number, Placed])[] = [...acked, ...came, ...stored];
  return new Map(placed.toSorted(([one], [other]) => one - other));
}

/** At each number those who are in, of those who are connected. */
function membersAt(log: ReadonlyMap<number, Placed>): ReadonlyMap<number, ReadonlySet<string>> {
  const members = new Set<string>([ann, bob, cid]);
  const at = new Map<number, ReadonlySet<string>>();
  for (const [seq, { content }] of log) {
    if (content.type === 'event') {
      const { added = [], removed = [] } = content as MembersEvent;
      for (const each of removed) members.delete(each);
      for (const each of added) members.add(each);
    }
    at.set(seq, new Set(members));
  }
  return at;
}

/** How often each number came to each socket. */
function countsOf(world: MembersWorld): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { connectionId, push } of world.pushed)
    if (push.type === 'message') {
      const key = `${push.message.seq} ${connectionId}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  return counts;
}

test.each([true, false])(
  'a group that grows past 32 and past a shard, messages stored: %s: each message comes to each socket of its members once',
  async (stored) => {
    const seen = { grew: 0, becameLarge: 0, pushes: 0, inSecond: 0 };
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), size, chapters, async (scheduler, members, acts) => {
        const world = await groupOf(members, stored);
        const before = world.head().liveShards;
        const acked = new Map<number, Placed>();
        /** From which number on a second device is there for sure. */
        const devices = new Map<string, number>();
        const step = scheduledBy(scheduler);
        for (const [chapter, moves] of acts.entries()) {
          const opened: string[] = [];
          const done = moves.map(async (move, index) => {
            const id = `${chapter}-${index}`;
            if (move.does === 'connect') {
              if (devices.has(`${move.by}-2`) || opened.includes(`${move.by}-2`)) return;
              opened.push(`${move.by}-2`);
              await world.connect(step, move.by, 2);
            } else if (move.does === 'send') {
              const { seq } = await world.send(step, move.by, id);
              acked.set(seq, { from: move.by, id, content: { type: 'text', text: id } });
            } else await world.change(step, ann, { id, [move.does]: [...move.named] });
          });
          for (const outcome of await scheduler.waitFor(Promise.allSettled(done)))
            if (outcome.status === 'rejected' && !(outcome.reason instanceof ProtocolError))
              throw outcome.reason;
          // What is written from now on comes to it.
          for (const each of opened) devices.set(each, world.head().lastSeq);
        }
        const log = logOf(world, acked);
        const counts = countsOf(world);
        for (const [seq, who] of membersAt(log)) {
          const { from, content } = log.get(seq) as Placed;
          for (const userId of who) {
            const isOwn = userId === from && content.type !== 'event';
            if (!isOwn) expect([seq, userId, counts.get(`${seq} ${userId}-1`)]).toEqual([seq, userId, 1]);
            const since = devices.get(`${userId}-2`);
            if (since !== undefined && seq > since)
              expect([seq, userId, 2, counts.get(`${seq} ${userId}-2`)]).toEqual([seq, userId, 2, 1]);
          }
        }
        for (const [key, count] of counts) expect([key, count]).toEqual([key, 1]);
        expect([...log.keys()]).toEqual(Array.from(log, (_, index) => index + 1));
        const after = world.head().liveShards;
        if (before === undefined && after !== undefined) seen.becameLarge += 1;
        if (before !== undefined && after !== before) seen.grew += 1;
        seen.pushes += counts.size;
        seen.inSecond += world.liveRows().filter(({ place }) => String(place).endsWith('#1')).length;
      }),
      { numRuns: 80, endOnFailure: true },
    );
    expect(Math.min(seen.grew, seen.becameLarge)).toBeGreaterThan(4);
    expect(Math.min(seen.pushes, seen.inSecond)).toBeGreaterThan(20);
  },
);

test('whatever dies while it grows, the next message comes to every socket of its members once', async () => {
  const seen = { died: 0, large: 0, grown: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.constantFrom(30, 31, 32, 126, 127, 128),
      fc.array(fc.tuple(fc.subarray(newcomers, { minLength: 1, maxLength: 3 }), deathWithin(60)), {
        minLength: 1,
        maxLength: 4,
      }),
      async (scheduler, members, changes) => {
        const world = await groupOf(members, true);
        const step = scheduledBy(scheduler);
        for (const [index, [add, death]] of changes.entries()) {
          const frame = { id: `x-${index}`, add };
          const { counted, died } = untilDeath(death, step);
          const act = world.change(dying(death, counted), ann, frame);
          const outcome = await scheduler.waitFor(Promise.race([act, died]));
          await scheduler.waitIdle();
          if (outcome !== 'died') continue;
          seen.died += 1;
          await world.change(direct, ann, frame);
        }
        await world.retryAll();
        const log = logOf(world, new Map());
        world.pushed.length = 0;
        const { seq } = await world.send(direct, bob, 'at last');
        const who = [...(membersAt(log).get(log.size) ?? [ann, bob, cid])].filter((each) => each !== bob);
        expect(world.pushed.map(({ connectionId }) => connectionId).toSorted()).toEqual(
          who.map((userId) => `${userId}-1`).toSorted(),
        );
        expect(world.pushed.every(({ push }) => push.type === 'message' && push.message.seq === seq)).toBe(
          true,
        );
        const { liveShards = 0 } = world.head();
        if (liveShards === 1) seen.large += 1;
        if (liveShards > 1) seen.grown += 1;
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
  expect(Math.min(seen.died, seen.large, seen.grown)).toBeGreaterThan(15);
});
