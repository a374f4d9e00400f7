import type { Clock } from './clock.ts';

/** The clock by which messages end, which is the server's: that of this machine may be hours off. */
export type ServerClock = Clock & {
  /** The server said its time in an answer to what was asked then, by the clock of this machine. */
  sync(serverTime: number, askedAt: number): void;
};

export function serverClock(clock: Clock): ServerClock {
  let ahead = 0;
  return {
    now: () => clock.now() + ahead,
    after: clock.after,
    sync(serverTime, askedAt) {
      // It said so somewhere between question and answer.
      ahead = serverTime - (askedAt + clock.now()) / 2;
    },
  };
}
