import type { LapPlace, PurgeRun, SweeperStore } from '../../shared/stores/privacy/purge-run-store.ts';
import { direct, type Step } from './step.ts';

/** What runs of a sweeper leave to each other, in memory. */
export function memoryPurgeRuns() {
  const runs: PurgeRun[] = [];
  let leased: number | undefined;
  let lap: LapPlace | undefined;
  const store = (step: Step = direct): SweeperStore => ({
    lease: async (until, now) =>
      step(() => {
        if (leased !== undefined && leased > now) return false;
        leased = until;
        return true;
      }),
    release: async (until) =>
      step(() => {
        if (leased === until) leased = undefined;
      }),
    lap: async () => step(() => lap),
    saveLap: async (place) =>
      step(() => {
        lap = place;
      }),
    endLap: async () =>
      step(() => {
        lap = undefined;
      }),
    add: async (run) => step(() => void runs.push(run)),
  });
  return { store, runs, lap: () => lap, isLeased: () => leased !== undefined };
}
