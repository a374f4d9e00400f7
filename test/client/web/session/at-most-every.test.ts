import { atMostEvery } from '../../../../client/web/session/at-most-every.ts';
import { manualClock } from '../../support/manual-clock.ts';

test('asked for 800 times in 30 seconds, it runs five times a second and once after the last', () => {
  const clock = manualClock();
  const ranAt: number[] = [];
  const start = clock.now();
  const ask = atMostEvery(200, () => ranAt.push(clock.now() - start), clock);
  for (let each = 0; each < 800; each += 1) {
    ask();
    clock.advance(37.5);
  }
  expect(ranAt[0]).toBe(0);
  expect(Math.abs(ranAt.length - 150)).toBeLessThanOrEqual(1);
  clock.advance(200);
  expect(ranAt.at(-1)).toBeGreaterThanOrEqual(799 * 37.5);
});

test('who asks after a while waits for nothing, nor because the clock was put back', () => {
  const clock = manualClock();
  let now = clock.now();
  let runs = 0;
  const ask = atMostEvery(
    200,
    () => {
      runs += 1;
    },
    { now: () => now, after: clock.after },
  );
  ask();
  clock.advance(0);
  now -= 3_600_000;
  ask();
  clock.advance(200);
  expect(runs).toBe(2);
});
