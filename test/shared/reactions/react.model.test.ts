import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { mostOwn } from '../../../shared/protocol/reactions/reaction-limits.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { membersWorld } from '../../support/members-world.ts';
import { type Asked, reactionsWorld } from '../../support/reactions-world.ts';
import { direct, type Step } from '../../support/step.ts';

const people = ['ann', 'bob', 'cid', 'dan'];
const settings = { history: 'start', afterLeaving: 'keep' } as const;
const seqs = [1, 2];
const emoji = ['👍', '❤️', '🎉', '😂'];

type Move = {
  readonly by: string;
  readonly act: Omit<Asked, 'id'> | 'erase';
  readonly dies: Death | undefined;
  /** Their device repeats it once more, although it has had its answer. */
  readonly isRepeated: boolean;
};

const move: fc.Arbitrary<Move> = fc.record({
  by: fc.constantFrom(...people),
  act: fc.oneof(
    {
      weight: 9,
      arbitrary: fc.record({
        seq: fc.constantFrom(...seqs),
        emoji: fc.constantFrom(...emoji),
        on: fc.oneof(
          { weight: 3, arbitrary: fc.constant(true) },
          { weight: 1, arbitrary: fc.constant(false) },
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constant('erase' as const) },
  ),
  dies: deathWithin(12),
  isRepeated: fc.boolean(),
});

/** What each has given each message: the simplest rules there are, and nobody waits for anybody. */
class Model {
  readonly given = new Map<string, Set<string>>();

  of(by: string, seq: number): Set<string> {
    const key = `${by} ${seq}`;
    const set = this.given.get(key) ?? new Set();
    this.given.set(key, set);
    return set;
  }

  apply(by: string, act: Move['act']): void {
    if (act === 'erase') for (const seq of seqs) this.of(by, seq).clear();
    else if (!act.on) this.of(by, act.seq).delete(act.emoji);
    else if (this.of(by, act.seq).size < mostOwn) this.of(by, act.seq).add(act.emoji);
  }

  countsOf(seq: number): Readonly<Record<string, number>> {
    const all = people.flatMap((by) => [...this.of(by, seq)]);
    return Object.fromEntries(
      emoji.flatMap((each) => {
        const count = all.filter((other) => other === each).length;
        return count > 0 ? [[each, count]] : [];
      }),
    );
  }
}

const byEmoji = (reactions: readonly { readonly emoji: string; readonly count: number }[] = []) =>
  Object.fromEntries(reactions.map(({ emoji: each, count }) => [each, count]));

const unlessRefused = async (act: Promise<unknown>) => {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof ProtocolError) || error.code !== 'TOO_LARGE') throw error;
  }
};

test('however people race, repeat and die: nobody is counted twice, and the counts are those of the rows', async () => {
  const seen = { changes: 0, races: 0, pushes: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      async (scheduler, rounds) => {
        const group = await membersWorld(people, settings);
        const world = reactionsWorld(group);
        const model = new Model();
        for (const seq of seqs) await group.send(direct, 'ann', `m-${seq}`);
        /** What the message was given at each number, in the instant in which it got it. */
        const said = new Map<string, string>();
        group.watchers.push(() => {
          for (const seq of seqs) {
            const { rev, reactions } = world.message(seq) ?? {};
            if (rev !== undefined) said.set(`${seq} ${rev}`, JSON.stringify(reactions));
          }
        });
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        for (const [round, moves] of rounds.entries()) {
          // Each person does one thing at a time; all of them at once.
          const each = [...new Map(moves.map((one) => [one.by, one])).values()];
          await scheduler.waitFor(
            Promise.all(each.map(async (one) => carryOut(`r-${round}`, one, scheduled))),
          );
          for (const { by, act } of each) model.apply(by, act);
          if (each.length > 1) seen.races += 1;
        }
        const changes = world.changes();
        expect(changes.map(({ rev }) => rev)).toEqual(changes.map((_, index) => index + 1));
        seen.changes += changes.length;
        for (const seq of seqs) {
          for (const by of people) {
            const row = world.rowsOf(by).find((own) => own.seq === seq);
            expect(new Set(row?.given.map((own) => own.emoji))).toEqual(model.of(by, seq));
            expect(row?.given.length).not.toBe(0);
            const shown = (await world.history(by)).find((message) => message.seq === seq);
            expect(byEmoji(shown?.reactions)).toEqual(model.countsOf(seq));
            const own = (shown?.reactions ?? []).filter((reaction) => reaction.own === true);
            expect(new Set(own.map((reaction) => reaction.emoji))).toEqual(model.of(by, seq));
          }
          const last = changes.findLast((change) => change.seqs.includes(seq));
          expect(world.message(seq)?.['rev']).toBe(last?.rev);
        }
        expect(group.head().lastRev ?? 0).toBeLessThanOrEqual(changes.length);
        for (const { push } of group.pushed)
          if (push.type === 'reacted') {
            seen.pushes += 1;
            expect(JSON.stringify(push.reactions)).toBe(said.get(`${push.seq} ${push.rev}`));
          }

        async function carryOut(id: string, one: Move, step: Step): Promise<void> {
          const { by, act, dies, isRepeated } = one;
          const attempt = async (effects: Step) =>
            act === 'erase'
              ? world.takeOff(effects, by)
              : world.react(effects, by, { id: `${id}-${by}`, ...act });
          // Whoever gets no answer asks again.
          if (dies !== undefined) {
            let isOver = false;
            const dead = unlessRefused(attempt(dying(dies, step))).then(() => {
              isOver = true;
            });
            await Promise.race([dead, settle(step)]);
            if (isOver && !isRepeated) return;
          }
          await unlessRefused(attempt(step));
          if (isRepeated) await unlessRefused(attempt(step));
        }
      },
    ),
    { numRuns: 150 },
  );
  expect(seen.changes).toBeGreaterThan(300);
  expect(seen.races).toBeGreaterThan(100);
  expect(seen.pushes).toBeGreaterThan(500);
});

/** Longer than anybody who is not dead takes. */
async function settle(step: Step): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await step(() => undefined);
}
