import fc from 'fast-check';
import { mediaActs, mediaOf } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

const second = 1_000;
const looksAfter = 46 * 60 * second;

test('a send that is under way when the sweep comes is refused, or keeps its object', async () => {
  let sent = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: -130, max: 0 }),
      // Less than a send and the look at its media may take.
      fc.integer({ min: 50, max: 110 }),
      async (scheduler, begins, passes) => {
        const chat = messageWorld();
        const world = mediaWorld(chat);
        let now = 1_000_000_000_000;
        const acts = mediaActs(chat, world, () => now);
        const scheduled: Step = async (effect) => scheduler.schedule(Promise.resolve()).then(effect);

        const { mediaId } = await acts.upload(direct);
        world.putAll(now);
        now += looksAfter + begins * second;
        void acts.send(scheduled, 'alice', 'a', mediaId);
        void scheduled(() => (now += passes * second)).then(async () => acts.sweep(scheduled));
        await scheduler.waitIdle();

        const messages = [...chat.messages.values()];
        expect(messages.map(mediaOf).filter((id) => !world.places().includes(id ?? ''))).toEqual([]);
        sent += messages.length;
        refused += 1 - messages.length;
      },
    ),
    { numRuns: 2_000 },
  );
  expect(Math.min(sent, refused)).toBeGreaterThan(50);
});
