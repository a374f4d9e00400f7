import fc from 'fast-check';
import { type ImportMessagesDeps, importMessages } from '../../../shared/imports/import-messages.ts';
import type { MessageToImport } from '../../../shared/imports/imported-message.ts';
import { importedId } from '../../../shared/imports/imported-message.ts';
import { ProtocolError } from '../../../shared/protocol/errors.ts';
import { membershipStore } from '../../../shared/stores/conversations/membership-store.ts';
import { importStore } from '../../../shared/stores/imports/import-store.ts';
import { epochMillis } from '../../../shared/time.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { type MembersWorld, membersWorld } from '../../support/members-world.ts';
import { direct, type Step } from '../../support/step.ts';

const people = ['ann', 'bob', 'cid'];
const settings = { history: 'start', afterLeaving: 'keep' } as const;
/** The world's own clock; what is imported was written before. */
const nowMillis = 1_000_000;

function importing(world: MembersWorld, step: Step, agreed: readonly string[] = people) {
  const made = world.parts(step);
  const db = world.databaseOf(step);
  const deps: ImportMessagesDeps = {
    ...made,
    conversations: { ...made.conversations, ...membershipStore(db, 'conversations') },
    imports: importStore(db, { messages: 'messages', sends: 'sends' }, 0),
    agreeing: async (userIds) => new Set(userIds.filter((userId) => agreed.includes(userId))),
    textFault: (text) => (text === 'a card' ? 'sensitive' : undefined),
  };
  return async (messages: readonly MessageToImport[], isLast = true) =>
    importMessages(deps, { conversationId: world.conversationId, messages, isLast });
}

/** A file of so many lines, of which some are of the same instant. */
const fileOf = (times: readonly number[]): readonly MessageToImport[] =>
  times
    .toSorted((one, other) => one - other)
    .map((sentAt, index) => ({
      id: `line ${index}`,
      from: people[index % people.length] ?? '',
      sentAt: epochMillis(sentAt),
      text: `text ${index}`,
    }));

/** Long ago, or in this very instant: only such a line comes behind what people do now. */
const time = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 200 }) },
  { weight: 2, arbitrary: fc.constant(nowMillis) },
);

const inBatches = (file: readonly MessageToImport[], size: number) =>
  Array.from({ length: Math.ceil(file.length / size) }, (_, at) => file.slice(at * size, (at + 1) * size));

/** What must hold of a log, whatever has happened: numbers without a gap, times that never fall, nothing twice. */
function expectOneOrder(world: MembersWorld): void {
  const log = world.messages();
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  const times = log.map(({ sentAt }) => sentAt);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  const ids = log.map(({ from, id }) => `${from} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
}

const idsIn = (world: MembersWorld): readonly string[] => world.messages().map(({ id }) => id);

test('killed anywhere and begun again, it has every line once, in its order, whatever is written there meanwhile', async () => {
  const seen = { killed: 0, lines: 0, live: 0, order: 0, gone: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(time, { minLength: 1, maxLength: 130 }),
      fc.integer({ min: 1, max: 130 }),
      fc.array(deathWithin(14), { maxLength: 4 }),
      fc.array(fc.constantFrom(...people), { maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      async (scheduler, times, size, deaths, writers, two, isRemoved) => {
        const world = await membersWorld(people, settings);
        const file = fileOf(times);
        const batches = inBatches(file, size);
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          return effect();
        };
        const run = async (step: Step) => {
          for (const [index, batch] of batches.entries())
            await importing(world, step)(batch, index === batches.length - 1);
        };
        const failed: unknown[] = [];
        const attempt = (step: Step) =>
          void run(step).catch((error: unknown) => {
            if (!(error instanceof ProtocolError)) failed.push(error);
          });
        for (const death of deaths) attempt(dying(death, scheduled));
        if (two) attempt(scheduled);
        for (const [index, writer] of writers.entries())
          void world.send(scheduled, writer, `live-${index}`).catch((error: unknown) => {
            if (!(error instanceof ProtocolError)) failed.push(error);
          });
        // Of a group of ann's: cid goes, whose lines are then no longer taken.
        if (isRemoved) void world.change(scheduled, 'ann', { id: 'remove', remove: ['cid'] });
        await scheduler.waitIdle();
        expect(failed).toEqual([]);
        await run(direct);
        await world.retryAll();
        expectOneOrder(world);
        const log = idsIn(world);
        const theirs = file.map(({ id }) => importedId(id));
        const there = log.filter((id) => theirs.includes(id));
        // In the order of the file, without those that came behind something newer.
        expect(there).toEqual(theirs.filter((id) => there.includes(id)));
        const live = log.filter((id) => id.startsWith('live-')).length;
        if (!isRemoved) expect(live).toBe(writers.length);
        if (writers.length === 0 && !isRemoved) expect(there).toEqual(theirs);
        const behind = world.messages().slice(log.indexOf('remove') + 1);
        if (isRemoved) expect(behind.filter(({ from }) => from === 'cid')).toEqual([]);
        // Whatever is not there was refused for its order: once more, the same is said, and nothing changes.
        let order = 0;
        let gone = 0;
        for (const batch of batches) {
          const again = await importing(world, direct)(batch);
          expect(again.imported).toBe(0);
          const { repeated, refused } = again;
          expect(repeated + (refused.order ?? 0) + (refused.author ?? 0)).toBe(batch.length);
          order += refused.order ?? 0;
          gone += refused.author ?? 0;
        }
        expect(order + gone).toBe(file.length - there.length);
        if (!isRemoved) expect(gone).toBe(0);
        expect(idsIn(world)).toEqual(log);
        expect(world.head().lastSeq).toBe(log.length);
        seen.killed += deaths.filter((death) => death !== undefined).length;
        seen.lines += there.length;
        seen.live += writers.length;
        seen.order += order;
        seen.gone += gone;
      },
    ),
    { numRuns: 150, endOnFailure: true },
  );
  expect(seen.killed).toBeGreaterThan(50);
  expect(Math.min(seen.lines, seen.live, seen.gone)).toBeGreaterThan(30);
});

describe('a crash at every call', () => {
  const file = fileOf(Array.from({ length: 120 }, (_, index) => index + 1));
  const cases = Array.from({ length: 16 }, (_, index) => index + 1).flatMap((at) => [
    { at, after: false },
    { at, after: true },
  ]);
  test.each(cases)('call $at, after its effect: $after', async ({ at, after }) => {
    const world = await membersWorld(people, settings);
    const crashed = importing(world, dying({ at, after }, direct))(file);
    await Promise.race([crashed, new Promise((resolve) => setImmediate(resolve))]);
    const { imported, repeated, refused } = await importing(world, direct)(file);
    expect([imported + repeated, refused]).toEqual([120, {}]);
    // In whole transactions.
    expect(repeated % 50 === 0 || repeated === 120).toBe(true);
    expectOneOrder(world);
    expect(world.messages().map(({ content }) => content)).toEqual(
      file.map(({ text }) => ({ type: 'text', text })),
    );
    expect(world.members().map(({ readSeq }) => readSeq)).toEqual([120, 120, 120]);
    expect(world.head()).toMatchObject({ lastSeq: 120, lastSentAt: 120 });
  });
});

test('every line keeps its author, its time and its end', async () => {
  const world = await membersWorld(people, settings, 100, 900);
  await importing(world, direct)(fileOf([200_000, 300_000]));
  expect(world.messages()).toMatchObject([
    { seq: 1, from: 'ann', sentAt: 200_000, expiresAt: 1_100 },
    { seq: 2, from: 'bob', sentAt: 300_000, expiresAt: 1_200 },
  ]);
});

const line = (id: string, fields: Partial<MessageToImport> = {}): MessageToImport => ({
  ...{ id, from: 'ann', sentAt: epochMillis(500_000), text: id },
  ...fields,
});

test.each([
  ['what has ended already', line('x', { sentAt: epochMillis(99_999) }), { ended: 1 }],
  ['what is yet to be written', line('x', { sentAt: epochMillis(nowMillis + 1) }), { future: 1 }],
  ['what somebody wrote who has not agreed', line('x', { from: 'bob' }), { author: 1 }],
  ['what somebody wrote who is not in it', line('x', { from: 'eve' }), { author: 1 }],
  ['what looks like a card', line('x', { text: 'a card' }), { sensitive: 1 }],
])('%s is refused and counted, and the rest is there', async (_what, bad, refused) => {
  const world = await membersWorld(people, settings, 100, 900);
  const file = [
    line('first', { sentAt: epochMillis(400_000) }),
    bad,
    line('last', { sentAt: epochMillis(600_000) }),
  ];
  const result = await importing(world, direct, ['ann'])(file);
  expect(result).toEqual({ imported: 2, repeated: 0, refused });
  expect(idsIn(world)).toEqual([importedId('first'), importedId('last')]);
  expect(JSON.stringify([...world.engine.items('sends')])).not.toContain(importedId('x'));
});

test('behind what people write here nothing older is put', async () => {
  const world = await membersWorld(people, settings);
  await importing(world, direct)([line('before')]);
  await world.send(direct, 'bob', 'now');
  const result = await importing(world, direct)([line('before'), line('too late')]);
  expect(result).toEqual({ imported: 0, repeated: 1, refused: { order: 1 } });
  expect(idsIn(world)).toEqual([importedId('before'), 'now']);
});

test('what its author had erased does not come again', async () => {
  const world = await membersWorld(people, settings);
  await importing(world, direct)([line('stays'), line('goes', { from: 'bob' })]);
  const erased = world.messages().find(({ from }) => from === 'bob');
  if (erased === undefined) throw new Error('nothing of bob is there');
  await world.parts(direct).messages.tombstone({ ...erased, held: false }, epochMillis(nowMillis));
  for (const item of [...world.engine.items('sends')])
    if (item['userId'] === 'bob') world.engine.remove('sends', item);
  const again = await importing(world, direct)([line('stays'), line('goes', { from: 'bob' })]);
  expect(again).toEqual({ imported: 0, repeated: 1, refused: { order: 1 } });
  expect(world.messages().map(({ content }) => content)).toEqual([
    { type: 'text', text: 'stays' },
    undefined,
  ]);
});

test('of two imports of one file at the same time each says of every line that it is there, and none was refused', async () => {
  const file = fileOf(Array.from({ length: 120 }, (_, index) => index + 1));
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = await membersWorld(people, settings);
      const scheduled: Step = async (effect) => {
        await scheduler.schedule(Promise.resolve());
        return effect();
      };
      const both = [1, 2].map(async () => importing(world, scheduled)(file));
      await scheduler.waitIdle();
      const answers = await Promise.all(both);
      for (const { imported, repeated, refused } of answers)
        expect({ lines: imported + repeated, refused }).toEqual({ lines: file.length, refused: {} });
      expect(answers.reduce((sum, { imported }) => sum + imported, 0)).toBe(file.length);
      expectOneOrder(world);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

test('fifty lines cost one transaction, whatever their number', async () => {
  const world = await membersWorld(people, settings);
  const calls: string[] = [];
  world.watchers.push((command) => void calls.push(command.constructor.name));
  await importing(world, direct)(fileOf(Array.from({ length: 250 }, (_, index) => index + 1)));
  const count = (name: string) => calls.filter((each) => each === name).length;
  expect(count('TransactWriteCommand')).toBe(5);
  // What comes behind all that is there is not looked up; a repeat is.
  expect(count('BatchGetCommand')).toBe(0);
  expect(calls.length - count('TransactWriteCommand')).toBeLessThan(20);
  calls.length = 0;
  await importing(world, direct)(fileOf(Array.from({ length: 250 }, (_, index) => index + 1)));
  expect([count('BatchGetCommand'), count('TransactWriteCommand')]).toEqual([3, 0]);
});
