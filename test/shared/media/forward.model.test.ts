import fc from 'fast-check';
import { applyHold } from '../../../shared/holds/apply-hold.ts';
import { secondPassSeconds } from '../../../shared/holds/second-pass.ts';
import { setHold } from '../../../shared/holds/set-hold.ts';
import { locateMedia } from '../../../shared/stores/media/locate-media.ts';
import { isForward } from '../../../shared/stores/media/media-id.ts';
import { objectKey } from '../../../shared/stores/media/media-objects.ts';
import type { Message } from '../../../shared/stores/messages/message.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { mediaActs, mediaOf } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { conversationId, messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const dies = deathWithin(26);
const which = fc.nat({ max: 5 });
const kind = <Kind extends string>(name: Kind) => fc.constant(name);
const move = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kind('forward'),
      which,
      id: fc.constantFrom('f', 'g'),
      userId: fc.constantFrom('alice', 'bob', 'bob'),
      dies,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('erase'), which, dies }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('sweep'), dies }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('purge'), dies }) },
);
const chapter = fc.record({
  moves: fc.array(move, { minLength: 1, maxLength: 4 }),
  holds: fc.constantFrom('hold', 'hold', 'release', undefined),
  pause: fc.constantFrom(0, minute, 50 * minute, 4 * hour, 30 * hour),
});

/** What bob forwards a hold may keep; what alice writes none does. */
const target: HoldTarget = { kind: 'user', userId: 'bob' };
const stored = { messages: true, profiles: false };

test('a forwarded picture is one object, which nobody is shown behind its origin and a hold keeps', async () => {
  let [forwarded, outlived, keptForHold] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(chapter, { minLength: 1, maxLength: 6 }),
      async (scheduler, chapters) => {
        const chat = messageWorld();
        const world = mediaWorld(chat);
        let now = start;
        const clock = () => now;
        const acts = mediaActs(chat, world, clock);
        const faults: string[] = [];
        /** Forwards that a hold keeps, with what they show. */
        const kept = new Map<string, string>();
        const erasing = new Set<string>();

        const originOf = (mediaId: string) => world.records.get(mediaId)?.of?.mediaId;
        const isThere = (mediaId: string) =>
          world.objects.has(objectKey({ conversationId, mediaId }, 'original'));
        const shown = () => [...chat.messages.values()].filter((message) => mediaOf(message) !== undefined);
        const forwards = () => shown().flatMap((message) => (isForward(mediaOf(message)!) ? [message] : []));
        const messageOf = (mediaId: string) => shown().find((message) => mediaOf(message) === mediaId);

        const watch = () => {
          for (const mediaId of world.places())
            if (isForward(mediaId)) faults.push(`${mediaId} has an object of its own`);
          for (const [mediaId, origin] of kept)
            if (!isThere(origin)) faults.push(`the hold has not kept what ${mediaId} shows`);
          for (const message of shown()) {
            const mediaId = mediaOf(message)!;
            if (isForward(mediaId) || erasing.has(mediaId) || now >= message.expiresAt * 1000) continue;
            if (!isThere(mediaId)) faults.push(`${mediaId} is gone before its message`);
          }
        };
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          const result = effect();
          watch();
          return result;
        };

        const holdDeps = () => ({
          ...chat.holdDeps(direct, clock),
          media: world.held(direct, clock),
          stored,
        });
        async function follow(): Promise<void> {
          for (let pass = 0; pass < 2; pass += 1) {
            await applyHold(holdDeps(), target);
            now += secondPassSeconds * 1_000;
          }
          await applyHold(holdDeps(), target);
        }
        async function changeHold(to: 'held' | 'releasing'): Promise<void> {
          if (to === 'releasing') kept.clear();
          await setHold(holdDeps(), target, to);
          await follow();
        }

        function begin(each: (typeof chapters)[number]['moves'][number]): void {
          const step = dying(each.dies, scheduled);
          if (each.kind === 'sweep') void acts.sweep(step);
          else if (each.kind === 'purge') void acts.purge(step);
          else {
            const message: Message | undefined = shown()[each.which];
            if (message === undefined) return;
            if (each.kind === 'forward') void acts.forward(step, each.userId, each.id, message);
            else {
              erasing.add(mediaOf(message)!);
              void acts.erase(step, message);
            }
          }
        }

        /** What a reader is shown of a forward, and when. */
        async function look(): Promise<void> {
          const locate = locateMedia(world.deps(direct, clock).media);
          for (const message of forwards()) {
            const mediaId = mediaOf(message)!;
            const located = await locate({ conversationId, mediaId });
            const origin = originOf(mediaId);
            if (origin === undefined) {
              if (located !== undefined) faults.push(`${mediaId} shows what nothing says`);
              continue;
            }
            const first = messageOf(origin);
            if (first === undefined && located !== undefined) {
              // Only while somebody who was cut short has left the record, behind the end of both.
              if (now < message.expiresAt * 1000) faults.push(`${mediaId} outlives what it shows`);
            }
            if (first !== undefined && message.expiresAt > first.expiresAt)
              faults.push(`${mediaId} ends later than what it shows`);
            if (
              located !== undefined &&
              now < message.expiresAt * 1000 &&
              !erasing.has(origin) &&
              !isThere(origin)
            )
              faults.push(`${mediaId} shows nothing`);
            if (first === undefined && isThere(origin) && located === undefined) outlived += 1;
            if (chat.holds.inForce().users.has('bob') && message.from === 'bob' && isThere(origin))
              if (world.records.get(mediaId)?.isHeld === true) kept.set(mediaId, origin);
          }
        }

        for (const each of ['video', 'image'] as const) await acts.upload(direct, each);
        world.putAll(now);
        let uploads = 0;
        for (const mediaId of [...world.records.keys()]) {
          uploads += 1;
          await acts.send(direct, 'alice', `a${uploads}`, mediaId);
        }
        for (const { moves, holds, pause } of chapters) {
          for (const each of moves) begin(each);
          await scheduler.waitIdle();
          if (holds !== undefined) await changeHold(holds === 'hold' ? 'held' : 'releasing');
          await look();
          if (chat.holds.inForce().users.has('bob'))
            for (const message of forwards())
              if (message.from === 'bob') {
                const record = world.records.get(mediaOf(message)!);
                const origin = record?.of && world.records.get(record.of.mediaId);
                if (origin !== undefined && origin.isCancelled !== true && record?.isHeld !== true)
                  faults.push(`${record?.mediaId} is not counted as held`);
              }
          now += pause;
          watch();
        }
        expect(faults).toEqual([]);
        if (forwards().length > 0) forwarded += 1;
        if ([...kept.values()].some((origin) => messageOf(origin) === undefined)) keptForHold += 1;

        // The hold is lifted, everything ends: nothing is left, and nothing is counted.
        if (chat.holds.inForce().users.has('bob')) await changeHold('releasing');
        now += 4 * hour;
        for (let run = 0; run < 4; run += 1) {
          await acts.purge(direct);
          now += minute;
        }
        for (let run = 0; run < 3; run += 1) {
          await acts.sweep(direct);
          now += day;
        }
        expect(chat.messages.size).toBe(0);
        expect([...world.objects.keys()]).toEqual([]);
        expect([...world.records.keys()]).toEqual([]);
        expect(faults).toEqual([]);
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 800) },
  );
  expect(forwarded).toBeGreaterThan(100);
  expect(outlived).toBeGreaterThan(0);
  expect(keptForHold).toBeGreaterThan(0);
});
