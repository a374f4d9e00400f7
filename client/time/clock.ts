export type Cancel = () => void;

/** Time as the client sees it, so that a test can be the clock. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  after(delayMs: number, run: () => void): Cancel;
};

export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
