import { type Recent, recent } from '../runtime/recent.ts';
import type { Clock } from '../time.ts';

/** How those who write into one conversation at the same time keep out of each other's way. */
export type Crowd = {
  /** The conversations in which somebody else was quicker a moment ago. */
  readonly busy: Recent<true>;
  /** After so many lost races for a number; the loser of one alone does not wait. */
  readonly backoff: (losses: number) => Promise<void>;
};

/** A crowd that has gone quiet is none. */
const busyMillis = 5_000;

export function crowd(now: Clock, wait: (millis: number) => Promise<unknown>, random = Math.random): Crowd {
  return {
    busy: recent<true>(now, busyMillis),
    async backoff(losses) {
      if (losses > 1) await wait(backoffMillis(losses, random));
    },
  };
}

/**
 * Full jitter, up to 320 ms and then twice that each time, up to 1,280: dozens of round trips. So of ten who wait hardly two look and write at
 * the same time, and a refused write is a write that is paid for.
 */
export function backoffMillis(losses: number, random: () => number): number {
  return random() * Math.min(1_280, 160 * 2 ** (losses - 1));
}
