import { gapFiller } from '../../../client/conversations/gap-filler.ts';
import { timeline } from '../../../client/conversations/timeline.ts';
import type { Request } from '../../../client/wire/actions.ts';
import { settle } from '../support/chat.ts';
import { manualClock } from '../support/manual-clock.ts';

test('who comes back to many conversations reads two at a time, and all of them', async () => {
  const clock = manualClock();
  const seen = { now: 0, most: 0, asked: 0 };
  const request = (async () => {
    seen.now += 1;
    seen.asked += 1;
    seen.most = Math.max(seen.most, seen.now);
    await settle();
    seen.now -= 1;
    // One of them fails, and hands its turn on all the same.
    if (seen.asked === 3) throw new Error('of no concern');
    return { messages: [], firstSeq: 1, lastSeq: 5 };
  }) as unknown as Request;
  const filler = gapFiller({
    ...{ request, clock, random: () => 0.5, pageSize: () => 100, kindOf: () => 'group' as const },
    onMessages: () => undefined,
  });
  const timelines = Array.from({ length: 12 }, () => timeline(0, clock.now));
  const outcomes = await Promise.allSettled(
    timelines.map((each, index) => {
      each.noteLatest(5);
      return filler.fill(`g-${index}`, each);
    }),
  );
  expect(seen.most).toBe(2);
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(11);
  expect(timelines.filter((each) => each.synced() === 5).length).toBe(11);
});
