/**
 * Every how many minutes the sweeper has to run: what it finds first in one run it may delete only in the next, so
 * that two periods and the grace of a minute fit into the bound, with as much again for the run itself.
 */
export function purgePeriodMinutes(boundSeconds: number): number {
  return Math.max(1, Math.min(60, Math.floor(boundSeconds / 240)));
}
