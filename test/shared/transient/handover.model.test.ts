import fc from 'fast-check';
import { incomingKeys } from '../../../shared/stores/media/media-objects.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { handoverSeconds, handoverWorld } from '../../support/handover-world.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const minute = 60_000;
const hour = 60 * minute;

const dies = deathWithin(20);
const bobs = ['bob-1', 'bob-2'];
const which = fc.nat({ max: 1 });
const move = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('upload' as const), dies }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('put' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      which,
      poster: fc.boolean(),
      id: fc.constantFrom('a', 'b'),
      dies,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      connection: fc.constantFrom(...bobs),
      dies,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('close' as const), connection: fc.constantFrom(...bobs) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sweep' as const), dies }) },
);
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 5 }),
  pause: fc.constantFrom(0, minute, 4 * minute, 6 * minute, 40 * minute),
});

const original = (mediaId: string) => `media/${mediaId}/original`;

test('whatever dies when, media is there until everybody connected has it or its time is over, and not for longer', async () => {
  let handedOver = 0;
  let early = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        let now = start;
        const world = handoverWorld(() => now);
        const { media, rows, open, pushed, received } = world;
        for (const connectionId of bobs) world.connect('bob', connectionId);
        world.connect('alice', 'alice-1');
        const faults: string[] = [];
        /** By number: until when, and of which media, it was said to be there first. */
        const begun = new Map<number, { readonly mediaId: string; readonly until: number }>();
        const over = new Set<string>();

        /** In the instant in which an object goes, nobody may be waiting for it whose time is not over. */
        const watch = () => {
          for (const row of rows.values()) if (!begun.has(row.seq)) begun.set(row.seq, row);
          for (const [seq, { mediaId, until }] of begun) {
            if (media.objects.has(original(mediaId)) || over.has(mediaId)) continue;
            over.add(mediaId);
            if (until * 1_000 > now) early += 1;
            for (const connectionId of bobs) {
              const name = `${seq} ${connectionId}`;
              if (pushed.has(name) && !received.has(name) && open.has(connectionId) && until * 1_000 > now)
                faults.push(`${mediaId} went before ${connectionId} had it`);
            }
          }
        };
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          watch();
          return result;
        };

        function begin(each: (typeof chapters)[number]['moves'][number]): void {
          if (each.kind === 'put') media.putAll(now);
          if (each.kind === 'close') open.delete(each.connection);
          if (!('dies' in each)) return;
          const step = dying(each.dies, scheduled);
          if (each.kind === 'upload') void world.upload(step);
          else if (each.kind === 'sweep') void world.sweep(step);
          else if (each.kind === 'send') {
            const ofKind = (kind: string) =>
              [...media.records.values()].filter((record) => record.kind === kind);
            const mediaId = ofKind('video')[each.which]?.mediaId;
            const posterId = each.poster ? ofKind('image')[0]?.mediaId : undefined;
            if (mediaId !== undefined) void world.send(step, each.id, mediaId, posterId);
          } else {
            const mine = [...pushed].find((name) => name.endsWith(each.connection) && !received.has(name));
            const recipient = { userId: 'bob', connectionId: each.connection };
            if (mine !== undefined) void world.receive(step, recipient, Number(mine.split(' ')[0]));
          }
        }

        for (const each of ['video', 'video', 'image'] as const) await world.upload(direct, each);
        media.putAll(now);
        for (const { moves, pause } of chapters) {
          for (const each of moves) begin(each);
          await scheduler.waitIdle();
          now += pause;
          watch();
        }
        handedOver += begun.size;
        expect(faults).toEqual([]);

        // With its time over, one run of the schedule is enough for everything that was handed over.
        now += handoverSeconds * 1_000;
        await world.sweep(direct);
        for (const { mediaId } of begun.values()) {
          const left = [...media.objects].filter(([key, bytes]) => key.includes(mediaId) && bytes.length > 0);
          expect(left).toEqual([]);
        }
        expect(rows.size).toBe(0);

        // And an hour after the last upload nothing is left, nor has anything a place.
        now += hour;
        media.putAll(now);
        await world.sweep(direct);
        expect([[...media.objects.keys()], [...media.records.keys()]]).toEqual([[], []]);
      },
    ),
    { numRuns: 1_500 },
  );
  expect(handedOver).toBeGreaterThan(300);
  expect(early).toBeGreaterThan(40);
});

const acts = ['upload', 'send', 'receive', 'sweep'] as const;
type Act = (typeof acts)[number];

function aPicture() {
  const state = { now: start };
  const world = handoverWorld(() => state.now);
  const { media } = world;
  for (const each of ['alice-1', 'bob-1']) world.connect(each.replace(/-.*/, ''), each);
  const run: Readonly<Record<Act, (step: Step) => Promise<unknown>>> = {
    async upload(step) {
      await world.upload(step);
      media.putAll(state.now);
    },
    async send(step) {
      const [mediaId] = media.records.keys();
      if (mediaId !== undefined) await world.send(step, 'a', mediaId);
    },
    receive: async (step) => world.receive(step, { userId: 'bob', connectionId: 'bob-1' }, 1),
    async sweep(step) {
      state.now += handoverSeconds * 1_000;
      await world.sweep(step);
    },
  };
  const bytes = () => [...media.objects].filter(([, each]) => each.length > 0).map(([key]) => key);
  return { state, world, run, bytes };
}

/** Until the act dies before its so many-th effect; undefined when it comes to its end before. */
async function until(way: readonly Act[], act: Act, at: number) {
  const a = aPicture();
  for (const each of way.slice(0, way.indexOf(act))) await a.run[each](direct);
  const ended = await Promise.race([
    a.run[act](dying({ at, after: false }, direct)).then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ]);
  return ended ? undefined : a;
}

const ways: readonly (readonly Act[])[] = [
  ['upload', 'send', 'receive'],
  ['upload', 'send', 'sweep'],
];
const cases = ways.flatMap((way) => way.map((act) => [act, way] as const));

test.each(cases)('%s of %j may die at every call and be repeated', async (dies, way) => {
  let calls = 0;
  for (;;) {
    const a = await until(way, dies, calls + 1);
    if (a === undefined) break;
    calls += 1;
    for (const act of way.slice(way.indexOf(dies))) {
      await a.run[act](direct);
      if (act === 'send') expect(a.bytes().length).toBe(2);
    }
    if (dies === 'receive') await a.run.sweep(direct);
    expect(a.bytes()).toEqual([]);
  }
  expect(calls).toBeGreaterThan(1);
});

test.each(cases)(
  '%s of %j may die at every call and be forgotten: the schedule sees to the rest',
  async (dies, way) => {
    for (let at = 1; ; at += 1) {
      const a = await until(way, dies, at);
      if (a === undefined) break;
      a.world.media.putAll(a.state.now);
      a.state.now += hour;
      a.world.media.putAll(a.state.now);
      await a.world.sweep(direct);
      expect([a.bytes(), a.world.rows.size, a.world.media.records.size]).toEqual([[], 0, 0]);
    }
  },
);

test('what is never sent has no place after its hour', async () => {
  const { world, run, state } = aPicture();
  await run.upload(direct);
  const [record] = world.media.records.values();
  expect(record && incomingKeys(record).every((each) => world.media.objects.has(each))).toBe(true);
  state.now += 45 * minute;
  await world.sweep(direct);
  expect(world.media.objects.size).toBe(1);
  state.now += minute;
  await world.sweep(direct);
  expect(world.media.objects.size).toBe(0);
});
