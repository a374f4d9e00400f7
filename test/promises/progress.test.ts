import { progressOf } from './progress.ts';

test('a run that is cut is gone on with at the first seed that was not done with', () => {
  let now = 0;
  const progress = progressOf({ steps: 1_000, first: 7, now: () => now });
  for (const seed of [7, 8, 9]) progress.begun(seed);
  progress.ended(9, 100);
  progress.ended(7, 100);
  now = 2_000;
  expect(progress.goOn()).toBe('--seed 8 --steps 800');
  expect(progress.line()).toBe(
    '20 %: 2 seeds, 200 steps; 100 a second, 0 minutes left; after a cut go on with --seed 8 --steps 800',
  );
  progress.ended(8, 100);
  expect(progress.goOn()).toBe('--seed 10 --steps 700');
});

test('a seed that failed once, and comes first, is none of those that follow', () => {
  const progress = progressOf({ steps: 1_000, first: 7, now: () => 0 });
  progress.begun(3);
  expect(progress.goOn()).toBe('--seed 7 --steps 1000');
  progress.ended(3, 100);
  progress.begun(7);
  expect(progress.goOn()).toBe('--seed 7 --steps 900');
});
