import fc from 'fast-check';
import { applyHold } from '../../../shared/holds/apply-hold.ts';
import { holdReport } from '../../../shared/holds/hold-report.ts';
import { secondPassSeconds } from '../../../shared/holds/second-pass.ts';
import { setHold } from '../../../shared/holds/set-hold.ts';
import type { HoldTarget } from '../../../shared/stores/privacy/holds.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { mediaActs } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const looksAfter = 46 * 60_000;
const target: HoldTarget = { kind: 'user', userId: 'alice' };
const stored = { messages: true, profiles: false };

test('once a hold is answered, media that was looked at meanwhile is not left to the lifecycle', async () => {
  let taggedBehind = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.option(fc.nat({ max: 8 })),
      fc.constantFrom(0, 60, 60),
      fc.array(deathWithin(12), { minLength: 1, maxLength: 2 }),
      async (scheduler, placedAfter, pause, deaths) => {
        const chat = messageWorld();
        const world = mediaWorld(chat);
        let now = 1_000_000_000_000;
        const acts = mediaActs(chat, world, () => now);
        const { mediaId } = await acts.upload(direct);
        world.putAll(now);
        await acts.send(direct, 'alice', 'a', mediaId);
        now += looksAfter + 1_000;
        const scheduled: Step = async (effect) => scheduler.schedule(Promise.resolve()).then(effect);
        const holdDeps = (step: Step) => ({
          ...chat.holdDeps(step, () => now),
          media: world.held(step, () => now),
          stored,
        });

        const slow: Step = async (effect) => {
          for (let left = pause; left > 0; left -= 1) await scheduled(() => undefined);
          return scheduled(effect);
        };

        for (const dies of deaths) void acts.sweep(dying(dies, slow)).catch(() => undefined);
        const place = async () => {
          for (let steps = (placedAfter ?? 0) * (pause + 1); steps > 0; steps -= 1)
            await scheduled(() => undefined);
          await setHold(holdDeps(scheduled), target, 'held');
          await applyHold(holdDeps(scheduled), target);
        };
        if (placedAfter !== null) void place();
        await scheduler.waitIdle();
        const isHeld = (): boolean =>
          holdReport(target, [...chat.holds.all.values()][0], stored).state === 'held';
        expect(isHeld()).toBe(false);
        if (placedAfter !== null && world.tagged.size > 0) taggedBehind += 1;

        now += secondPassSeconds * 1_000;
        await applyHold(holdDeps(direct), target);
        expect(isHeld()).toBe(placedAfter !== null);
        // The schedule comes again, to what was cut short.
        await acts.sweep(direct);
        expect(world.records.get(mediaId)?.seq).toBe(1);
        expect([...world.tagged]).toEqual(placedAfter === null ? [mediaId] : []);
      },
    ),
    { numRuns: 500 },
  );
  expect(taggedBehind).toBeGreaterThan(5);
});
