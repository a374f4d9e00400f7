import type { Clock } from '../../../client/time/clock.ts';

export type ManualClock = Clock & {
  /** Runs, in order, every timer that is due within `ms`. */
  advance(ms: number): void;
};

type Timer = { readonly at: number; readonly run: () => void };

export function manualClock(start = 1_800_000_000_000): ManualClock {
  let now = start;
  const timers = new Set<Timer>();
  return {
    now: () => now,
    after(delayMs, run) {
      const timer = { at: now + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
  };
}
