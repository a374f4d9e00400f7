import fc from 'fast-check';
import { eachOf } from '../../../shared/runtime/each-of.ts';

async function* upTo(count: number) {
  for (let item = 1; item <= count; item += 1) yield item;
}

test('acts on each once, never on more at once, and takes no more when it is over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(40),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(50),
      fc.scheduler(),
      async (count, atOnce, most, scheduler) => {
        const acted: number[] = [];
        let running = 0;
        let widest = 0;
        const whole = eachOf(upTo(count), { atOnce, isOver: () => acted.length >= most }, async (item) => {
          acted.push(item);
          running += 1;
          widest = Math.max(widest, running);
          await scheduler.schedule(Promise.resolve());
          running -= 1;
        });
        await scheduler.waitFor(whole);
        expect(acted).toEqual(Array.from({ length: Math.min(count, most) }, (_, index) => index + 1));
        expect(widest).toBeLessThanOrEqual(atOnce);
        expect(await whole).toBe(most < count ? most + 1 : undefined);
      },
    ),
    { numRuns: 100 },
  );
});

test('what fails is told', async () => {
  const act = async (item: number) => {
    if (item === 2) throw new RangeError('two');
  };
  await expect(eachOf(upTo(3), { atOnce: 1, isOver: () => false }, act)).rejects.toThrow('two');
});
