/** What is written in a room is told of by a queue, and at most so often. */

/** Nobody tells one part of a room for longer without saying that they still do. */
export const leaseMillis = 30_000;

/** Connections that were not reached are told so a little later. */
export const behindSeconds = 2;

const shortestPauseMillis = 250;
const longestPauseMillis = 5_000;

/** Between two frames to the same connection, so that all of the room's do not take more posts than there are for them. */
export function pauseBetween(live: number, callbacksPerSecond: number): number {
  const wanted = (live * 1_000) / callbacksPerSecond;
  return Math.min(Math.max(wanted, shortestPauseMillis), longestPauseMillis);
}
