import fc from 'fast-check';
import { sendMessage } from '../../../shared/messages/send-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { type ChangesWorld, changesWorld } from '../../support/changes-world.ts';
import { type Death, deathWithin, dying } from '../../support/dying.ts';
import { direct, type Step } from '../../support/step.ts';

const people = ['ann', 'ben', 'cid'];
const written = 4;

type Act = 'edit' | 'recall' | 'erase' | 'look';
type Move = {
  readonly by: string;
  readonly act: Act;
  readonly seq: number;
  readonly dies: Death | undefined;
};

const refused = (error: unknown) => {
  if (!(error instanceof ProtocolError)) throw error;
};

/** Ann and ben have written two each. */
async function begin(): Promise<ChangesWorld> {
  const world = await changesWorld(people);
  for (let seq = 1; seq <= written; seq += 1)
    await world.send(direct, seq % 2 === 1 ? 'ann' : 'ben', `m${seq}`);
  return world;
}

const textIn = (message: { readonly content: { readonly type: string; readonly text?: string } }) =>
  message.content.text;

const move: fc.Arbitrary<Move> = fc.record({
  by: fc.constantFrom('ann', 'ann', 'ben', 'cid'),
  act: fc.constantFrom<Act>('edit', 'edit', 'edit', 'recall', 'erase', 'look'),
  seq: fc.integer({ min: 1, max: written }),
  dies: deathWithin(16),
});
const chapter = fc.record({ held: fc.boolean(), moves: fc.array(move, { minLength: 1, maxLength: 4 }) });

test('however edits, recalls and erasures race and die: who was away ends with what is stored, and nothing old is left', async () => {
  const seen = { changes: 0, refusals: 0, kept: 0, recalls: 0, pages: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 5 }),
      async (scheduler, chapters) => {
        const world = await begin();
        const away = world.device('cid');
        const looking = world.device('ben');
        await world.load(away);
        await world.load(looking);
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        let wasHeld = false;
        for (const [index, { held, moves }] of chapters.entries()) {
          world.holds.conversations.clear();
          if (held) world.holds.conversations.add(world.conversationId);
          wasHeld ||= held;
          const acts = moves.map(({ by, act, seq }, place) => {
            const id = `${index}-${place}`;
            return async (step: Step): Promise<unknown> => {
              if (act === 'edit') return world.edit(step, by, id, seq, `text ${id} `);
              if (act === 'recall') return world.recall(step, by, id, seq);
              if (act === 'erase') return held ? undefined : world.erase(step, seq);
              return world.catchUp(looking, step);
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
        }
        seen.changes += expectOneOrder(world);
        seen.kept += world.versions().length;
        seen.recalls += world.stored().filter(({ recalledAt }) => recalledAt !== undefined).length;
        const history = await world.history('cid');
        for (const device of [away, looking]) {
          seen.pages += (await world.catchUp(device)).length;
          expect([...device.shown.values()].toSorted((one, other) => one.seq - other.seq)).toEqual(
            history.messages,
          );
          expect(device.rev).toBe(world.changes().length);
        }
        // Once who was away has asked the head knows every change.
        expect(world.head().lastRev ?? 0).toBe(world.changes().length);
        if (!wasHeld) expect(world.versions()).toEqual([]);
      },
    ),
    { numRuns: 200, endOnFailure: true },
  );
  expect(Math.min(seen.changes, seen.refusals, seen.kept, seen.recalls, seen.pages)).toBeGreaterThan(20);
});

/** Dense, and of a message that was taken back or erased nothing is said and nothing changes behind it. */
function expectOneOrder(world: ChangesWorld): number {
  const rows = world.changes();
  expect(rows.map(({ rev }) => rev)).toEqual(rows.map((_, index) => index + 1));
  for (const row of rows)
    expect(Object.keys(row).toSorted()).toEqual(
      ['at', 'conversationId', 'expiresAt', 'kind', 'rev', 'seqs'].toSorted(),
    );
  for (const message of world.stored()) {
    if (message.recalledAt === undefined) continue;
    expect(message.content).toEqual({ type: 'recalled' });
    const behind = rows.filter(
      ({ rev, seqs }) => Number(rev) > (message.rev ?? 0) && String(seqs) === String(message.seq),
    );
    expect(behind.filter(({ kind }) => kind !== 'erase')).toEqual([]);
  }
  return rows.length;
}

describe('a crash at every call of an edit and of a recall', () => {
  const cases = Array.from({ length: 14 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const world = await begin();
    const away = world.device('cid');
    await world.load(away);
    const crash = async (act: (step: Step) => Promise<unknown>) =>
      Promise.race([act(dying({ at, after }, direct)), new Promise((resolve) => setImmediate(resolve))]);
    await crash(async (step) => world.edit(step, 'ann', 'e', 1, 'now'));
    await world.edit(direct, 'ann', 'e', 1, 'now');
    await crash(async (step) => world.recall(step, 'ben', 'r', 2));
    await world.recall(direct, 'ben', 'r', 2);
    expect(world.changes().map(({ kind, seqs }) => [kind, seqs])).toEqual([
      ['edit', [1]],
      ['recall', [2]],
    ]);
    await world.catchUp(away);
    expect(away.shown.get(1)?.content).toEqual({ type: 'text', text: 'now' });
    expect(away.shown.get(2)?.content).toEqual({ type: 'recalled' });
    // Everybody who is connected was told, too.
    for (const userId of people) {
      const told = world.pushed.flatMap(({ userId: to, push }) => (to === userId ? [push.type] : []));
      expect(told).toEqual(expect.arrayContaining(['edited', 'recalled']));
    }
  });
});

describe('who changes a message after somebody has died at a change', () => {
  const deaths = Array.from({ length: 10 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(deaths)('at call $at, after its effect: $after', async ({ at, after }) => {
    const world = await begin();
    const crashed = world.edit(dying({ at, after }, direct), 'ann', 'a', 1, 'now');
    await Promise.race([crashed, new Promise((resolve) => setImmediate(resolve))]);
    await world.edit(direct, 'ben', 'b', 2, 'and this');
    expectOneOrder(world);
    expect(world.head().lastRev).toBe(world.changes().length);
  });
});

test('changes that fill more than a frame come in pages, and none is left out', async () => {
  const world = await begin();
  const away = world.device('cid');
  await world.load(away);
  for (let round = 1; round <= 2; round += 1)
    for (let seq = 1; seq <= written; seq += 1)
      await world.edit(
        direct,
        seq % 2 === 1 ? 'ann' : 'ben',
        `e${round}-${seq}`,
        seq,
        `${seq}`.repeat(9_000),
      );
  const pages = await world.catchUp(away);
  expect(pages.length).toBeGreaterThan(1);
  for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(32_000);
  expect([...away.shown.values()].map(({ seq, rev }) => [seq, rev])).toEqual(
    world.stored().map(({ seq, rev }) => [seq, rev]),
  );
});

test('who joined later is told of no change of what was written before', async () => {
  const world = await changesWorld(people, 'joining');
  await world.send(direct, 'ann', 'm1');
  await world.change(direct, 'ann', { id: 'j', add: ['dan'] });
  await world.send(direct, 'ann', 'm3');
  await world.edit(direct, 'ann', 'a', 1, 'before them');
  await world.edit(direct, 'ann', 'b', 3, 'for them, too');
  const told = async (userId: string) => {
    const pages = await world.catchUp(world.device(userId));
    return pages.flatMap(({ changes = [] }) => changes.map(({ seq }) => seq));
  };
  expect(await told('dan')).toEqual([3]);
  expect(await told('ben')).toEqual([1, 3]);
});

describe('what a message said', () => {
  test('goes with whom it mentioned and what it answered', async () => {
    const world = await begin();
    const { conversationId } = world;
    const fields = { mentions: ['ben'], replyTo: 1 };
    for (const id of ['gone', 'stays'])
      await sendMessage(
        { ...world.parts(direct), review: undefined },
        { userId: 'ann', connectionId: 'ann-1' },
        { action: 'send', conversationId, id, content: { type: 'text', text: id }, ...fields },
      );
    await world.recall(direct, 'ann', 'r', written + 1);
    const [gone, stays] = world.stored().slice(written);
    expect(gone).not.toHaveProperty('mentions');
    expect(gone).not.toHaveProperty('replyTo');
    expect(stays).toMatchObject(fields);
  });

  const everywhere = (world: ChangesWorld) =>
    JSON.stringify([...world.engine.tables.keys()].map((name) => [...world.engine.items(name)]));

  test('is nowhere once it is edited or taken back; what was not stays', async () => {
    const world = await begin();
    for (const seq of [1, 3]) await world.edit(direct, 'ann', `secret-${seq}`, seq, `old words ${seq}`);
    await world.edit(direct, 'ann', 'b', 1, 'new words');
    await world.recall(direct, 'ben', 'c', 2);
    expect(everywhere(world)).not.toContain('old words 1');
    expect(everywhere(world)).not.toContain('"m2"'.replace('"m2"', '{"type":"text","text":"m2"}'));
    expect(everywhere(world)).toContain('new words');
    expect(everywhere(world)).toContain('old words 3');
    expect(everywhere(world)).toContain('{"type":"text","text":"m4"}');
  });

  test('is kept beside the log while a hold is on it, and shown to nobody', async () => {
    const world = await begin();
    world.holds.users.add('ann');
    await world.edit(direct, 'ann', 'a', 1, 'changed');
    await world.recall(direct, 'ann', 'b', 3);
    await world.recall(direct, 'ben', 'c', 2);
    expect(world.versions().map(textIn).toSorted()).toEqual(['m1', 'm3']);
    const shown = JSON.stringify((await world.history('cid')).messages);
    expect(shown).not.toContain('{"type":"text","text":"m1"}');
    expect(shown).not.toContain('hasVersions');
  });
});

describe('refused', () => {
  const code = async (act: Promise<unknown>) =>
    act.then(
      () => 'ack',
      (error: unknown) => (error instanceof ProtocolError ? error.code : error),
    );

  test('of others, of what is not there, of what was taken back, of events', async () => {
    const world = await begin();
    expect(await code(world.edit(direct, 'ben', 'a', 1, 'x'))).toBe('FORBIDDEN');
    expect(await code(world.recall(direct, 'ben', 'b', 1))).toBe('FORBIDDEN');
    expect(await code(world.edit(direct, 'ann', 'c', 99, 'x'))).toBe('NOT_FOUND');
    expect(await code(world.edit(direct, 'zoe', 'd', 1, 'x'))).toBe('NOT_FOUND');
    await world.recall(direct, 'ann', 'e', 1);
    expect(await code(world.edit(direct, 'ann', 'f', 1, 'x'))).toBe('NOT_FOUND');
    expect(await code(world.recall(direct, 'ann', 'g', 1))).toBe('NOT_FOUND');
    await world.change(direct, 'ann', { id: 'h', role: { userId: 'ben', role: 'admin' } });
    expect(await code(world.edit(direct, 'ann', 'i', written + 1, 'x'))).toBe('FORBIDDEN');
    expect(await code(world.recall(direct, 'ann', 'j', written + 1))).toBe('FORBIDDEN');
  });

  test('who leads takes back what others have written, and is told of no window', async () => {
    const world = await begin();
    expect(await code(world.recall(direct, 'ann', 'a', 2))).toBe('ack');
    await world.change(direct, 'ann', { id: 'b', remove: ['ben'] });
    expect(await code(world.edit(direct, 'ben', 'c', 4, 'x'))).toBe('NOT_FOUND');
    expect(await code(world.recall(direct, 'ann', 'd', 4))).toBe('ack');
  });
});

test('a number of changes that is above what there is, or too far behind, has the device read anew', async () => {
  const world = await begin();
  for (let edit = 1; edit <= 3; edit += 1) await world.edit(direct, 'ann', `e${edit}`, 1, `text ${edit}`);
  const [above] = await world.catchUp({ ...world.device('cid'), rev: 9 });
  expect(above?.reload).toBe(true);
  const [row] = world.changes();
  if (row !== undefined) world.engine.remove('changes', row);
  const [behind] = await world.catchUp(world.device('cid'));
  expect(behind?.reload).toBe(true);
  const [near] = await world.catchUp({ ...world.device('cid'), rev: 1 });
  expect(near?.reload).toBeUndefined();
  expect(near?.changes).toEqual([{ rev: 3, seq: 1, kind: 'edit' }]);
});
