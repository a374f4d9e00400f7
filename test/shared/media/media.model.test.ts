import fc from 'fast-check';
import { isMediaContent } from '../../../shared/protocol/messages/media-content.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { mediaActs, mediaOf } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const dies = deathWithin(26);
const which = fc.nat({ max: 3 });
const kind = <Kind extends string>(name: Kind) => fc.constant(name);
const move = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind('upload'),
      of: fc.constantFrom('video' as const, 'image' as const),
      dies,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('put') }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: kind('send'),
      which,
      poster: fc.option(fc.nat({ max: 3 })),
      id: fc.constantFrom('a', 'b'),
      userId: fc.constantFrom('alice', 'alice', 'bob'),
      dies,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('sweep'), dies }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('purge'), dies }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('erase'), which, dies }) },
);
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 5 }),
  pause: fc.constantFrom(0, minute, 10 * minute, 40 * minute, 50 * minute, 4 * hour),
});

const objectsIn = ({ content }: Message) =>
  isMediaContent(content) ? ['original', ...(content.media.variants ?? [])] : [];

test('whatever dies when, no object outlives its message, and no message loses its object', async () => {
  let [withMedia, withPoster] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        const chat = messageWorld();
        const world = mediaWorld(chat);
        let now = start;
        const acts = mediaActs(chat, world, () => now);
        const faults: string[] = [];
        const holders = new Map<string, string>();
        /** What an erasure has begun to take away. */
        const erased = new Set<string>();
        const watch = () => {
          const held = new Set<string>();
          for (const message of chat.messages.values()) {
            const mediaId = mediaOf(message);
            if (mediaId === undefined) continue;
            held.add(mediaId);
            const name = `${message.from} ${message.id}`;
            if ((holders.get(mediaId) ?? name) !== name) faults.push(`${mediaId} is in two messages`);
            holders.set(mediaId, name);
            const readable = now < message.expiresAt * 1000 && !erased.has(mediaId);
            for (const name of readable ? objectsIn(message) : [])
              if (!world.objects.has(`media/${mediaId}/${name}`))
                faults.push(`${mediaId} has lost its ${name}`);
          }
          for (const mediaId of world.places())
            if (!held.has(mediaId) && world.records.get(mediaId)?.sweepAt === undefined)
              faults.push(`nothing leads to an object of ${mediaId}`);
        };
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          watch();
          return result;
        };

        function begin(each: (typeof chapters)[number]['moves'][number]): void {
          const step = dying('dies' in each ? each.dies : undefined, scheduled);
          if (each.kind === 'upload') void acts.upload(step, each.of);
          else if (each.kind === 'put') world.putAll(now);
          else if (each.kind === 'sweep') void acts.sweep(step);
          else if (each.kind === 'purge') void acts.purge(step);
          else if (each.kind === 'send') {
            const uploads = [...world.records.keys()];
            const [mediaId, posterId] = [uploads[each.which], uploads[each.poster ?? uploads.length]];
            if (mediaId !== undefined) void acts.send(step, each.userId, each.id, mediaId, posterId);
          } else {
            const message = [...chat.messages.values()][each.which];
            const mediaId = message && mediaOf(message);
            if (message === undefined || mediaId === undefined) return;
            erased.add(mediaId);
            void acts.erase(step, message);
          }
        }

        for (const each of ['video', 'video', 'image'] as const) await acts.upload(direct, each);
        world.putAll(now);
        for (const { moves, pause } of chapters) {
          for (const each of moves) begin(each);
          await scheduler.waitIdle();
          now += pause;
          watch();
        }
        expect(faults).toEqual([]);

        if (holders.size > 0) withMedia += 1;
        if ([...chat.messages.values()].some((message) => objectsIn(message).includes('poster')))
          withPoster += 1;

        // An hour after the last upload what nobody holds is gone, and what somebody uploads again has no place.
        now += hour;
        world.putAll(now);
        await acts.sweep(direct);
        const kept = new Set([...chat.messages.values()].map(mediaOf));
        expect([...world.objects.keys()].filter((key) => key.startsWith('incoming/'))).toEqual([]);
        expect(world.places().filter((mediaId) => !kept.has(mediaId))).toEqual([]);
        expect(faults).toEqual([]);

        // And after the last message nothing is left.
        now += 4 * hour;
        for (let run = 0; run < 4; run += 1) {
          await acts.purge(direct);
          now += 31 * second;
        }
        await acts.sweep(direct);
        expect(chat.messages.size).toBe(0);
        expect([...world.objects.keys()]).toEqual([]);
        expect(
          [...world.records.keys()].filter((mediaId) => holders.has(mediaId) && !erased.has(mediaId)),
        ).toEqual([]);
      },
    ),
    { numRuns: 1_500 },
  );
  expect(withMedia).toBeGreaterThan(300);
  expect(withPoster).toBeGreaterThan(30);
});
