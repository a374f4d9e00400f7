import fc from 'fast-check';
import { mediaActs } from '../../support/media-acts.ts';
import { mediaWorld } from '../../support/media-world.ts';
import { messageWorld } from '../../support/message-world.ts';
import { direct, type Step } from '../../support/step.ts';

test('a send that is repeated while its media is being looked at is not told that there is none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, hasPoster) => {
      const chat = messageWorld();
      const world = mediaWorld(chat);
      const now = 1_000_000_000_000;
      const acts = mediaActs(chat, world, () => now);
      const scheduled: Step = async (effect) => scheduler.schedule(Promise.resolve()).then(effect);
      const { mediaId } = await acts.upload(direct);
      const poster = hasPoster ? await acts.upload(direct, 'image') : undefined;
      world.putAll(now);

      const send = async () => acts.send(scheduled, 'alice', 'a', mediaId, poster?.mediaId);
      const told = Promise.all([send(), send()]);
      await scheduler.waitIdle();
      expect(await told).toEqual(['sent', 'sent']);
      expect(chat.messages.size).toBe(1);
      expect(
        [...world.objects].filter(([key, { length }]) => key.startsWith('incoming/') && length > 0),
      ).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});
