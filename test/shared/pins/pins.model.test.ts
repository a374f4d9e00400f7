import fc from 'fast-check';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { type ChangesWorld, changesWorld } from '../../support/changes-world.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { pinsWorld } from '../../support/pins-world.ts';
import { direct, type Step } from '../../support/step.ts';

const people = ['ann', 'ben', 'cid'];
const written = 4;
const mostPins = 2;

type Act = 'pin' | 'unpin' | 'edit' | 'recall' | 'erase';
type Move = {
  readonly by: string;
  readonly act: Act;
  readonly seq: number;
  readonly dies: Death | undefined;
  readonly isRepeated: boolean;
};

const refused = (error: unknown) => {
  if (!(error instanceof ProtocolError)) throw error;
};

/** Ann, who owns it, and ben have written two each. */
async function begin() {
  const changes = await changesWorld(people);
  for (let seq = 1; seq <= written; seq += 1)
    await changes.send(direct, seq % 2 === 1 ? 'ann' : 'ben', `m${seq}`);
  return { changes, pins: pinsWorld(changes, { mostPins }) };
}

type World = Awaited<ReturnType<typeof begin>>;

async function carryOut({ changes, pins }: World, step: Step, { by, act, seq }: Move, id: string) {
  if (act === 'edit') return changes.edit(step, by, id, seq, `text ${id}`);
  if (act === 'recall') return changes.recall(step, by, id, seq);
  if (act === 'erase') return changes.erase(step, seq);
  return pins.pin(step, by, id, seq, act === 'pin');
}

const move: fc.Arbitrary<Move> = fc.record({
  by: fc.constantFrom(...people),
  act: fc.constantFrom<Act>('pin', 'pin', 'pin', 'pin', 'unpin', 'unpin', 'edit', 'recall', 'erase'),
  seq: fc.integer({ min: 1, max: written }),
  dies: deathWithin(18),
  isRepeated: fc.boolean(),
});

test('however pins, edits, recalls and erasures race and die: never one too many, none outlives its message, nobody misses one', async () => {
  const seen = { pins: 0, pinned: 0, full: 0, gone: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      async (scheduler, chapters) => {
        const world = await begin();
        const { changes, pins } = world;
        const away = changes.device('cid');
        await changes.load(away);
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        for (const [index, moves] of chapters.entries()) {
          const answered = new Set<Move>();
          const idOf = (each: Move) => `${index}-${moves.indexOf(each)}`;
          for (const each of moves)
            void carryOut(world, dying(each.dies, scheduled), each, idOf(each)).then(
              () => answered.add(each),
              (error: unknown) => {
                refused(error);
                if (error instanceof ProtocolError && error.code === 'TOO_LARGE') seen.full += 1;
                answered.add(each);
              },
            );
          await scheduler.waitIdle();
          expectWithinBounds(world);
          // As a client does that has no answer, or does not know of it.
          for (const each of moves)
            if (!answered.has(each) || each.isRepeated)
              await carryOut(world, direct, each, idOf(each)).catch(refused);
          expectWithinBounds(world);
        }
        const history = await changes.history('cid');
        await changes.catchUp(away);
        expect([...away.shown.values()].toSorted((one, other) => one.seq - other.seq)).toEqual(
          history.messages,
        );
        const standing = history.messages.filter(({ pinnedAt }) => pinnedAt !== undefined);
        const listed = await pins.pinned('cid', 1);
        expect(listed.toSorted((one, other) => one.seq - other.seq)).toEqual(standing);
        expect(standing.filter(({ recalledAt }) => recalledAt !== undefined)).toEqual([]);
        seen.pins += changes.changes().filter(({ kind }) => kind === 'pin').length;
        seen.pinned += standing.length;
        seen.gone += pins.listed().length - standing.length;
      },
    ),
    { numRuns: 200, endOnFailure: true },
  );
  expect(Math.min(seen.pins, seen.pinned, seen.full, seen.gone)).toBeGreaterThan(15);
});

/** Each change of that kind turned a pin on or off, and the list has each message that is pinned. */
function expectWithinBounds({ changes, pins }: World): void {
  const rows = changes.changes();
  expect(rows.map(({ rev }) => rev)).toEqual(rows.map((_, index) => index + 1));
  const listed = new Map(pins.listed().map((pin) => [pin.seq, pin]));
  expect(listed.size).toBe(pins.listed().length);
  const standing = changes.stored().filter(({ pinnedAt }) => pinnedAt !== undefined);
  expect(standing.length).toBeLessThanOrEqual(mostPins);
  for (const message of changes.stored()) {
    if (message.from === undefined || message.recalledAt !== undefined) continue;
    const turns = rows.filter(({ kind, seqs }) => kind === 'pin' && String(seqs) === String(message.seq));
    expect(turns.length % 2 === 1).toBe(message.pinnedAt !== undefined);
    expect(listed.get(message.seq)?.rev).toBe(
      message.pinnedAt === undefined ? undefined : turns.at(-1)?.['rev'],
    );
  }
}

describe('a crash at every call of a pin', () => {
  const cases = Array.from({ length: 16 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const { changes, pins } = await begin();
    const away = changes.device('cid');
    await changes.load(away);
    for (const on of [true, false, true]) {
      const act = async (step: Step) => pins.pin(step, 'ben', `p${on}${String(away.rev)}`, 1, on);
      await Promise.race([
        act(dying({ at, after }, direct)),
        new Promise((resolve) => setImmediate(resolve)),
      ]);
      await act(direct);
      await changes.catchUp(away);
      expect(away.shown.get(1)?.pinnedAt !== undefined).toBe(on);
    }
    expect(changes.changes().map(({ kind, seqs }) => [kind, seqs])).toEqual([
      ['pin', [1]],
      ['pin', [1]],
      ['pin', [1]],
    ]);
    for (const userId of people) {
      const told = changes.pushed.flatMap(({ userId: to, push }) => (to === userId ? [push] : []));
      expect(told.filter(({ type }) => type === 'pinned').length).toBeGreaterThanOrEqual(3);
    }
  });
});

const code = async (act: Promise<unknown>) =>
  act.then(
    () => 'ack',
    (error: unknown) => (error instanceof ProtocolError ? error.code : error),
  );

test('one more than there may be is refused, until one is gone: taken away, taken back, erased', async () => {
  const { changes, pins } = await begin();
  await pins.pin(direct, 'ann', 'a', 1);
  await pins.pin(direct, 'ann', 'b', 2);
  expect(await code(pins.pin(direct, 'ann', 'c', 3))).toBe('TOO_LARGE');
  await pins.pin(direct, 'ann', 'd', 2, false);
  expect(await code(pins.pin(direct, 'ann', 'e', 3))).toBe('ack');
  expect(await code(pins.pin(direct, 'ann', 'f', 4))).toBe('TOO_LARGE');
  await changes.recall(direct, 'ann', 'g', 1);
  expect(await code(pins.pin(direct, 'ann', 'h', 4))).toBe('ack');
  expect(await code(pins.pin(direct, 'ann', 'i', 2))).toBe('TOO_LARGE');
  await changes.erase(direct, 3);
  expect(await code(pins.pin(direct, 'ann', 'j', 2))).toBe('ack');
  expect((await pins.pinned('ben')).map(({ seq }) => seq)).toEqual([2, 4]);
});

test('the newest pin comes first, page by page; what is so already writes nothing', async () => {
  const changes = await changesWorld(people);
  for (let seq = 1; seq <= written; seq += 1) await changes.send(direct, 'ann', `m${seq}`);
  const pins = pinsWorld(changes, { mostPins: 4 });
  for (const seq of [3, 1, 4, 2]) await pins.pin(direct, 'ann', `p${seq}`, seq);
  const before = changes.changes().length;
  const { rev, pinnedAt } = await pins.pin(direct, 'ben', 'again', 3);
  expect(rev).toBe(1);
  expect(pinnedAt).toBeDefined();
  expect(changes.changes()).toHaveLength(before);
  for (const limit of [1, 2, 3, 100])
    expect((await pins.pinned('cid', limit)).map(({ seq }) => seq)).toEqual([2, 4, 1, 3]);
});

test('a reply is one frame, however long the pinned messages are', async () => {
  const changes = await changesWorld(people);
  const long = 'long '.repeat(1_900);
  for (let seq = 1; seq <= 7; seq += 1) await changes.send(direct, 'ann', `${long}${seq}`);
  const pins = pinsWorld(changes, { mostPins: 7 });
  for (let seq = 1; seq <= 7; seq += 1) await pins.pin(direct, 'ann', `p${seq}`, seq);
  const first = await pins.page('ben', 100);
  expect(Buffer.byteLength(JSON.stringify(first))).toBeLessThan(32_000);
  expect(first.next).toBeDefined();
  expect((await pins.pinned('ben')).map(({ seq }) => seq)).toEqual([7, 6, 5, 4, 3, 2, 1]);
});

test('who may: owner and admins, or all; who is not there learns nothing; an event is no message', async () => {
  const changes: ChangesWorld = await changesWorld(people);
  await changes.send(direct, 'ben', 'm1');
  const pins = pinsWorld(changes, { pinsInGroups: 'admins' });
  expect(await code(pins.pin(direct, 'ben', 'a', 1))).toBe('FORBIDDEN');
  expect(await code(pins.pin(direct, 'ann', 'b', 1))).toBe('ack');
  expect(await code(pins.pin(direct, 'ben', 'c', 1, false))).toBe('FORBIDDEN');
  await changes.change(direct, 'ann', { id: 'h', role: { userId: 'ben', role: 'admin' } });
  expect(await code(pins.pin(direct, 'ben', 'd', 1, false))).toBe('ack');
  for (const [who, seq] of [
    ['ann', 2],
    ['ann', 99],
    ['zoe', 1],
  ] as const)
    expect(await code(pins.pin(direct, who, 'e', seq))).toBe('NOT_FOUND');
  await changes.recall(direct, 'ben', 'f', 1);
  expect(await code(pins.pin(direct, 'ann', 'g', 1))).toBe('NOT_FOUND');
  expect(await code(pins.page('zoe', 10))).toBe('NOT_FOUND');
});
