import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { ChatEvent } from '../../../shared/protocol/messages/table.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { type MembersAct, type MembersWorld, membersWorld } from '../../support/members-world.ts';
import { direct, type Step } from '../../support/step.ts';

const people = ['ann', 'bob', 'cid'];
const settings = { history: 'start', afterLeaving: 'keep' } as const;

type Act =
  | { readonly kind: 'title'; readonly title: string | null }
  | { readonly kind: 'send' }
  | { readonly kind: 'change'; readonly change: Omit<MembersAct, 'id'> };
type Move = { readonly by: string; readonly act: Act; readonly dies: Death | undefined };
type Held = { readonly users: Set<string>; readonly conversations: Set<string> };

const refused = (error: unknown) => {
  if (!(error instanceof ProtocolError)) throw error;
};

/** What the log says, read from its beginning by the simplest rules there are: who might give the titles, and which event was the last. */
function replay(world: MembersWorld) {
  const roles = new Map<string, string>(people.map((id) => [id, id === 'ann' ? 'owner' : 'member']));
  const faults: string[] = [];
  const events: { readonly by: string; readonly id: string; readonly seq: number }[] = [];
  for (const [index, { seq, from, id, content }] of world.messages().entries()) {
    if (seq !== index + 1) faults.push(`number ${seq} stands at place ${index + 1}`);
    if (content.type !== 'event') continue;
    const event: ChatEvent = content;
    if (event.event === 'title') {
      events.push({ by: from, id, seq });
      if (!['owner', 'admin'].includes(roles.get(from) ?? ''))
        faults.push(`${from} may give no title at ${seq}`);
      if (Object.keys(event).length > 2) faults.push(`the event ${seq} says more than that`);
      continue;
    }
    for (const each of [...(event.removed ?? []), ...(event.left ?? [])]) roles.delete(each);
    for (const each of event.added ?? []) roles.set(each, 'member');
    for (const [each, role] of Object.entries(event.roles ?? {})) roles.set(each, role);
  }
  return { faults, events };
}

/** The title that stands is the last event's, on every screen; of those before nothing is left but what a hold has kept. */
function expectTheLast(
  world: MembersWorld,
  asked: ReadonlyMap<string, string | null>,
  kept: readonly string[],
): number {
  const { faults, events } = replay(world);
  expect(faults).toEqual([]);
  expect(new Set(events.map(({ by, id }) => `${by} ${id}`)).size).toBe(events.length);
  const last = events.at(-1);
  const title = last === undefined ? null : (asked.get(`${last.by} ${last.id}`) ?? null);
  const rows = world.titles().map(({ title: words, by }) => [words, by]);
  expect(rows).toEqual(title === null || last === undefined ? [] : [[title, last.by]]);
  if (last !== undefined) expect(world.head().titled).toBe(title !== null);
  expect(world.replaced().map(({ title: words }) => words)).toEqual(expect.arrayContaining([...kept]));
  // Whoever was pushed a title was pushed that of its event.
  for (const { push } of world.pushed)
    if (push.type === 'title') {
      const event = events.find(({ seq }) => seq === push.seq);
      expect([push.seq, push.title, push.by]).toEqual([
        push.seq,
        asked.get(`${event?.by} ${event?.id}`) ?? null,
        event?.by,
      ]);
    }
  return events.length;
}

const who = fc.constantFrom(...people);
const role = fc.record({
  userId: who,
  role: fc.constantFrom('owner' as const, 'admin' as const, 'admin' as const, 'member' as const),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('title' as const),
      title: fc.option(fc.constantFrom('one', 'two', 'three', 'four'), { nil: null, freq: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'send' as const }) },
  { weight: 2, arbitrary: role.map((given) => ({ kind: 'change' as const, change: { role: given } })) },
  { weight: 1, arbitrary: who.map((id) => ({ kind: 'change' as const, change: { remove: [id] } })) },
  { weight: 1, arbitrary: who.map((id) => ({ kind: 'change' as const, change: { add: [id] } })) },
);
const move: fc.Arbitrary<Move> = fc.record({
  by: fc.oneof({ weight: 2, arbitrary: fc.constant('ann') }, { weight: 2, arbitrary: who }),
  act,
  dies: deathWithin(16),
});
const chapter = fc.record({
  held: fc.option(fc.constantFrom(...people, 'g-1'), { nil: undefined, freq: 3 }),
  moves: fc.array(move, { minLength: 1, maxLength: 4 }),
});

test('however titles race, roles change and functions die: the last event’s stands, and a held one is never lost', async () => {
  const seen = { events: 0, kept: 0, refusals: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        const world = await membersWorld(people, settings);
        const asked = new Map<string, string | null>();
        const held: Held = { users: new Set(), conversations: new Set() };
        const kept: string[] = [];
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        for (const [index, { held: target, moves }] of chapters.entries()) {
          held.users.clear();
          held.conversations.clear();
          if (target !== undefined) held[target === 'g-1' ? 'conversations' : 'users'].add(target);
          const there = world
            .titles()
            .flatMap(({ title, by }) => (target === 'g-1' || by === target ? [String(title)] : []));
          const acts = moves.map(({ by, act: what }, place) => {
            const id = `${index}-${place}`;
            if (what.kind === 'title') asked.set(`${by} ${id}`, what.title);
            return async (step: Step): Promise<unknown> => {
              if (what.kind === 'title') return world.retitle(step, by, id, what.title, held);
              if (what.kind === 'send') return world.send(step, by, id);
              return world.change(step, by, { ...what.change, id });
            };
          });
          const answered = new Set<unknown>();
          for (const [place, each] of acts.entries())
            void each(dying(moves[place]?.dies, scheduled)).then(
              () => answered.add(each),
              (error: unknown) => {
                refused(error);
                seen.refusals += 1;
                answered.add(each);
              },
            );
          await scheduler.waitIdle();
          // As a client does that has no answer.
          for (const each of acts) if (!answered.has(each)) await each(direct).catch(refused);
          await world.retryAll();
          // What was held is there, as the title or in a row of its own.
          const left = [...world.titles(), ...world.replaced()].map(({ title }) => String(title));
          expect(left).toEqual(expect.arrayContaining(there));
          kept.push(...there.filter((title) => world.replaced().some((row) => row['title'] === title)));
        }
        seen.events += expectTheLast(world, asked, kept);
        seen.kept += world.replaced().length;
      },
    ),
    { numRuns: 200, endOnFailure: true },
  );
  expect(Math.min(seen.events, seen.kept, seen.refusals)).toBeGreaterThan(20);
});

describe('a crash at every call of a change', () => {
  const cases = Array.from({ length: 16 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const world = await membersWorld(people, settings);
    const held = { users: new Set(['ann']), conversations: new Set<string>() };
    await world.retitle(direct, 'ann', 'a', 'first', held);
    const crashed = world.retitle(dying({ at, after }, direct), 'ann', 'b', 'second', held);
    await Promise.race([crashed, new Promise((resolve) => setImmediate(resolve))]);
    expect(await world.retitle(direct, 'ann', 'b', 'second', held)).toEqual({ title: 'second' });
    await world.retryAll();
    const asked = new Map([
      ['ann a', 'first'],
      ['ann b', 'second'],
    ]);
    expect(expectTheLast(world, asked, ['first'])).toBe(2);
    expect(world.replaced()).toHaveLength(1);
    // Everybody has been told, by the push or by the event.
    for (const userId of people)
      expect(
        world.pushed.some(
          ({ userId: to, push }) =>
            to === userId &&
            ((push.type === 'title' && push.title === 'second') ||
              (push.type === 'message' && push.message.id === 'b')),
        ),
      ).toBe(true);
  });
});

test('an admin gives one and does not take it away; what is so already is no event; who has no role does nothing', async () => {
  const world = await membersWorld(people, settings);
  await world.change(direct, 'ann', { id: 'r', role: { userId: 'bob', role: 'admin' } });
  expect(await world.retitle(direct, 'bob', '1', 'ours')).toEqual({ title: 'ours' });
  expect(await world.retitle(direct, 'ann', '2', 'ours')).toEqual({ title: 'ours' });
  expect(world.titles()).toEqual([expect.objectContaining({ title: 'ours', by: 'bob' })]);
  await expect(world.retitle(direct, 'bob', '3', null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(world.retitle(direct, 'cid', '4', 'mine')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(world.retitle(direct, 'dan', '5', 'mine')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(world.retitle(direct, 'ann', '6', 'x'.repeat(257))).rejects.toMatchObject({
    code: 'TOO_LARGE',
  });
  expect(await world.retitle(direct, 'ann', '7', null)).toEqual({ title: null });
  expect(world.titles()).toEqual([]);
  expect(world.replaced()).toEqual([]);
  expect(world.messages().map(({ id }) => id)).toEqual(['r', '1', '7']);
});
