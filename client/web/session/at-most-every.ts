import type { Clock } from '../../time/clock.ts';

/** However often it is asked for, it runs once in so many milliseconds: soon, where it has not run lately. */
export function atMostEvery(ms: number, run: () => void, clock: Clock): () => void {
  let asked = false;
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (asked) return;
    asked = true;
    // Nobody waits longer because the clock was put back.
    clock.after(Math.min(ms, Math.max(0, last + ms - clock.now())), () => {
      asked = false;
      last = clock.now();
      run();
    });
  };
}
