import type { Cancel, Clock } from './clock.ts';

/** Calls `run` when the earliest of the instants it was told about has come. */
export type ExpiryTimer = {
  /** Milliseconds since the epoch. */
  expect(instant: number): void;
  stop(): void;
};

/** `setTimeout` fires at once for anything longer. */
const longestMs = 2 ** 31 - 1;

export function expiryTimer(clock: Clock, run: () => void): ExpiryTimer {
  let earliest = Number.POSITIVE_INFINITY;
  let cancel: Cancel | undefined;

  function wait(): void {
    cancel?.();
    cancel = clock.after(Math.min(Math.max(earliest - clock.now(), 0), longestMs), () => {
      cancel = undefined;
      if (clock.now() < earliest) {
        wait();
        return;
      }
      earliest = Number.POSITIVE_INFINITY;
      run();
    });
  }

  return {
    expect(instant) {
      // Not a number where messages are not stored.
      if (!(instant < earliest)) return;
      earliest = instant;
      wait();
    },
    stop() {
      cancel?.();
      earliest = Number.POSITIVE_INFINITY;
    },
  };
}
