import type { Clock } from '../time/clock.ts';
import type { TimerSet } from '../time/timer-set.ts';
import { intervals } from './intervals.ts';

export type HeartbeatActions = {
  /** The server hears that somebody is there, which costs it next to nothing. */
  readonly keepAlive: () => void;
  /** Time has jumped: what was pushed meanwhile may not have come. */
  readonly check: () => void;
  readonly renew: () => void;
};

/** Keeps a session from being closed as idle, and replaces it before its longest life is over. */
export function heartbeat(
  timers: TimerSet,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
  { keepAlive, check, renew }: HeartbeatActions,
): void {
  every(intervals.keepAliveMs, keepAlive);
  timers.after(intervals.renewMs - random() * intervals.renewJitterMs, renew);
  let expected = clock.now() + intervals.watchMs;
  every(intervals.watchMs, () => {
    // The machine was asleep, and with it the connection, or its clock was set.
    if (Math.abs(clock.now() - expected) > intervals.lateMs) check();
    expected = clock.now() + intervals.watchMs;
  });

  function every(delayMs: number, run: () => void): void {
    timers.after(delayMs, () => {
      every(delayMs, run);
      run();
    });
  }
}
