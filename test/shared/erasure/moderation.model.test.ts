import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import type { MembersEvent } from '../../../shared/protocol/messages/table.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import type { ErasureRequest } from '../../../shared/stores/privacy/erasure-request.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { type MembersAct, membersWorld } from '../../support/members-world.ts';
import { moderationWorld } from '../../support/moderation-world.ts';
import { direct, type Step } from '../../support/step.ts';

const people = ['ann', 'bob', 'cid', 'dan'];
const settings = { history: 'start', afterLeaving: 'keep' } as const;

type Act =
  | { readonly kind: 'send' | 'work' }
  | { readonly kind: 'erase'; readonly which: number }
  | { readonly kind: 'change'; readonly change: Omit<MembersAct, 'id'> };
type Move = { readonly by: string; readonly act: Act; readonly dies: Death | undefined };

/** Who has which role behind all that has been said so far, by the simplest rules there are. */
function rolesBehind(log: ReadonlyMap<number, Message>): ReadonlyMap<string, string> {
  const roles = new Map<string, string>(people.map((id) => [id, id === 'ann' ? 'owner' : 'member']));
  for (const [, { content }] of [...log].toSorted(([one], [other]) => one - other)) {
    if (content.type !== 'event') continue;
    const { added = [], removed = [], left = [], roles: given = {} } = content as MembersEvent;
    for (const id of [...removed, ...left]) roles.delete(id);
    for (const id of added) roles.set(id, 'member');
    for (const [id, role] of Object.entries(given)) roles.set(id, role);
  }
  return roles;
}

function mayErase(roles: ReadonlyMap<string, string>, by: string, message: Message): boolean {
  if (by === message.from) return true;
  if (message.content.type === 'event') return false;
  if (roles.get(by) === 'owner') return true;
  return roles.get(by) === 'admin' && (roles.get(message.from) ?? 'member') === 'member';
}

async function moderated() {
  const world = await membersWorld(people, settings);
  const moderation = moderationWorld(world);
  /** Everything as it was written. */
  const log = new Map<number, Message>();
  const accepted = new Map<string, { readonly by: string; readonly seq: number }>();
  const faults: string[] = [];
  world.watchers.push((command) => {
    for (const message of world.messages())
      if (!log.has(message.seq) && message.content !== undefined) log.set(message.seq, message);
    const { TransactItems = [], Item } = command.input as {
      readonly TransactItems?: readonly { readonly Put?: { readonly Item?: Record<string, unknown> } }[];
      readonly Item?: Record<string, unknown>;
    };
    for (const item of [Item, ...TransactItems.map(({ Put }) => Put?.Item)]) {
      if (item?.['record'] !== 'erasures') continue;
      const { userId: by, target, requestId, step } = item as unknown as ErasureRequest;
      const message = target.scope === 'message' ? log.get(target.seq) : undefined;
      if (message === undefined || step > 0) continue;
      // The worker goes on with what was noted, whoever has become what meanwhile.
      if (!accepted.has(requestId) && !mayErase(rolesBehind(log), by, message))
        faults.push(`${by} takes away ${message.seq} of ${message.from}`);
      accepted.set(requestId, { by, seq: message.seq });
    }
  });
  return { world, moderation, log, accepted, faults };
}

type Moderated = Awaited<ReturnType<typeof moderated>>;

/** What must go went, of everything: text, media, what its receipt says. What must stay stayed. */
function expectAsAccepted({ world, moderation, log, accepted, faults }: Moderated): void {
  expect(faults).toEqual([]);
  const gone = new Set([...accepted.values()].map(({ seq }) => seq));
  const now = new Map(world.messages().map((message) => [message.seq, message]));
  for (const [seq, { content, from, sentAt, expiresAt }] of log) {
    const mediaId = content.type === 'image' ? content.mediaId : undefined;
    const { content: left, from: author, ...rest } = (now.get(seq) ?? {}) as Partial<Message>;
    const isGone = gone.has(seq);
    expect([seq, left, author]).toEqual([seq, ...(isGone ? [undefined, undefined] : [content, from])]);
    expect(rest).toMatchObject({ seq, sentAt, expiresAt });
    if (mediaId !== undefined) expect([seq, moderation.media.has(mediaId)]).toEqual([seq, !isGone]);
    const byOther = [...accepted.values()].some(({ by, seq: taken }) => taken === seq && by !== from);
    if (byOther) expect(moderation.told.flat()).toContain(seq);
  }
  expect(moderation.open()).toEqual([]);
  const receipts = moderation.receipts();
  expect(new Set(receipts.map(({ requestId }) => requestId))).toEqual(new Set(accepted.keys()));
  for (const receipt of receipts) {
    expect(receipt).toMatchObject({ state: 'done' });
    // Whose message it was is nobody's to read there.
    const { by, seq } = accepted.get(String(receipt['requestId'])) ?? { by: '', seq: 0 };
    const author = log.get(seq)?.from ?? '';
    if (author !== by) expect(JSON.stringify({ ...receipt, record: '' })).not.toContain(`"${author}"`);
  }
}

const who = fc.constantFrom(...people);
const role = fc.record({
  userId: who,
  role: fc.constantFrom('owner' as const, 'admin' as const, 'admin' as const, 'member' as const),
});
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'send' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'work' as const }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('erase' as const), which: fc.nat(30) }) },
  {
    weight: 4,
    arbitrary: fc
      .oneof(
        { weight: 5, arbitrary: fc.record({ role }) },
        { weight: 1, arbitrary: who.map((id) => ({ remove: [id] })) },
        { weight: 1, arbitrary: fc.constant({ leave: true as const }) },
        { weight: 1, arbitrary: who.map((id) => ({ add: [id] })) },
      )
      .map((change) => ({ kind: 'change' as const, change })),
  },
);
const move: fc.Arbitrary<Move> = fc.record({
  by: fc.oneof({ weight: 3, arbitrary: fc.constant('ann') }, { weight: 3, arbitrary: who }),
  act,
  dies: deathWithin(16),
});
const held = fc.option(fc.constantFrom(...people, 'g-1'), { nil: undefined });
const chapter = fc.record({ held, moves: fc.array(move, { minLength: 1, maxLength: 4 }) });

function does({ world, moderation, log }: Moderated, { by, act: asked }: Move, id: string) {
  return async (step: Step): Promise<unknown> => {
    if (asked.kind === 'send') return moderation.send(step, by, id);
    if (asked.kind === 'work') return moderation.work(step);
    if (asked.kind === 'change') return world.change(step, by, { ...asked.change, id });
    if (asked.kind === 'erase')
      return moderation.erase(step, by, log.size === 0 ? 1 : 1 + (asked.which % log.size));
    return undefined;
  };
}

const refused = (error: unknown) => {
  if (!(error instanceof ProtocolError)) throw error;
};

test('however roles change, whoever dies and whatever is on hold: only who may takes away, all of it, once', async () => {
  const seen = { moderations: 0, refusals: 0, kept: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 2, maxLength: 6 }),
      async (scheduler, chapters) => {
        const all = await moderated();
        const { moderation, world, log, accepted } = all;
        for (const each of ['ann', 'bob', 'cid']) await moderation.send(direct, each, `first-${each}`);
        await world.change(direct, 'ann', { id: 'first', role: { userId: 'bob', role: 'admin' } });
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        for (const [index, { held: kept, moves }] of chapters.entries()) {
          moderation.holds.users.clear();
          moderation.holds.conversations.clear();
          if (kept !== undefined) moderation.holds[kept === 'g-1' ? 'conversations' : 'users'].add(kept);
          const there = world.messages().filter(({ from }) => kept === 'g-1' || from === kept);
          for (const [place, each] of moves.entries())
            void does(
              all,
              each,
              `${index}-${place}`,
            )(dying(each.dies, scheduled)).catch((error: unknown) => {
              if (each.act.kind === 'erase') seen.refusals += 1;
              refused(error);
            });
          await scheduler.waitIdle();
          // What is under hold is there at the end of it.
          const still = new Map(world.messages().map((message) => [message.seq, message]));
          for (const message of there) expect(still.get(message.seq)).toEqual(message);
          seen.kept += there.length;
        }
        moderation.holds.users.clear();
        moderation.holds.conversations.clear();
        await moderation.settle();
        expectAsAccepted(all);
        seen.moderations += [...accepted.values()].filter(({ by, seq }) => log.get(seq)?.from !== by).length;
      },
    ),
    { numRuns: 200, endOnFailure: true },
  );
  expect(Math.min(seen.moderations, seen.refusals, seen.kept)).toBeGreaterThan(50);
});

describe('a crash at every call of a moderation', () => {
  const cases = Array.from({ length: 22 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const all = await moderated();
    const { moderation } = all;
    await moderation.send(direct, 'cid', 'one');
    await moderation.send(direct, 'cid', 'two');
    let step = dying({ at, after }, direct);
    const asked = moderation.erase(step, 'ann', 1).then(async () => moderation.work(step));
    await Promise.race([asked, new Promise((resolve) => setImmediate(resolve))]);
    step = direct;
    await moderation.erase(step, 'ann', 1).catch(refused);
    await moderation.settle();
    expectAsAccepted(all);
    expect(all.accepted.size).toBeGreaterThan(0);
  });
});

test('who lost the role while the request was being noted is refused, and nothing is noted', async () => {
  const { moderation, world, accepted } = await moderated();
  await moderation.send(direct, 'cid', 'one');
  await world.change(direct, 'ann', { id: 'a', role: { userId: 'bob', role: 'admin' } });
  let calls = 0;
  const racing: Step = async (effect) => {
    calls += 1;
    // Behind the look at the roles, in front of the note.
    if (calls === 5) await world.change(direct, 'ann', { id: 'b', role: { userId: 'bob', role: 'member' } });
    return effect();
  };
  await expect(moderation.erase(racing, 'bob', 1)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(calls).toBeGreaterThan(5);
  expect(moderation.open()).toEqual([]);
  expect(accepted.size).toBe(0);
});

test('a hold on the author keeps it, and says so; it goes when the hold is lifted, and nobody asks again until then', async () => {
  const all = await moderated();
  const { moderation } = all;
  await moderation.send(direct, 'cid', 'one');
  moderation.holds.users.add('cid');
  expect(await moderation.erase(direct, 'ann', 1)).toMatchObject({ state: 'refused in part' });
  await moderation.settle();
  expect(moderation.open()).toEqual([expect.objectContaining({ awaitsRelease: true, userId: 'ann' })]);
  expect(moderation.receipts()).toEqual([expect.objectContaining({ state: 'refused in part' })]);
  expect(all.world.messages()).toEqual([all.log.get(1)]);
  await moderation.resume();
  expect(moderation.queue).toEqual([]);
  moderation.holds.users.clear();
  await moderation.settle();
  expectAsAccepted(all);
});

test('a hold on the moderator keeps nothing of what others have written', async () => {
  const all = await moderated();
  const { moderation } = all;
  await moderation.send(direct, 'cid', 'one');
  moderation.holds.users.add('ann');
  expect(await moderation.erase(direct, 'ann', 1)).toMatchObject({ state: 'accepted' });
  await moderation.settle();
  expectAsAccepted(all);
});
