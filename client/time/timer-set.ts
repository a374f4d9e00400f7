import type { Cancel, Clock } from './clock.ts';

/** Timers that end together. */
export type TimerSet = {
  after(delayMs: number, run: () => void): void;
  clear(): void;
};

export function timerSet(clock: Clock): TimerSet {
  const pending = new Set<Cancel>();
  return {
    after(delayMs, run) {
      const cancel = clock.after(delayMs, () => {
        pending.delete(cancel);
        run();
      });
      pending.add(cancel);
    },
    clear() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}
