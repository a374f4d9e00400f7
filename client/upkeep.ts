import { intervals } from './intervals.ts';
import type { TimerSet } from './timer-set.ts';

export type Upkeep = {
  readonly keepAlive: () => void;
  readonly renew: () => void;
};

/** Keeps a session from being closed as idle, and replaces it before its longest life is over. */
export function upkeep(timers: TimerSet, random: () => number, { keepAlive, renew }: Upkeep): void {
  const again = () =>
    timers.after(intervals.keepAliveMs, () => {
      again();
      keepAlive();
    });
  again();
  timers.after(intervals.renewMs - random() * intervals.renewJitterMs, renew);
}
