import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { goAround, type LapDeps } from '../stores/privacy/lap.ts';
import type { LateLookStore } from '../stores/privacy/late-look-store.ts';
import { erasureKey } from '../stores/privacy/privacy-keys.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { ErasureJob } from './erasure-job.ts';
import { isStillHeld } from './met-holds.ts';

export type ResumeErasuresDeps = LapDeps & {
  readonly requests: Pick<ErasureStore, 'each'>;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly queue: JobQueue<ErasureJob>;
  /** Absent where only what a release has set free is asked for. */
  readonly looks?: Pick<LateLookStore, 'each'>;
};

export type OpenErasureAges = { readonly oldest: number; readonly oldestOfAll: number };

/** A job that is at work or on its way is not asked for again. */
const patienceMillis = 5 * 60_000;

/**
 * Takes up what a lifted hold has set free, and what the queue has lost. Returns the age in seconds of the oldest
 * erasure that nothing keeps from ending, and of the oldest of all, also on hold; 0 when there is none.
 */
export async function resumeErasures(deps: ResumeErasuresDeps): Promise<OpenErasureAges> {
  let oldest = await resumeLooks(deps);
  const oldestOfAll = await goAround(deps, {
    name: 'erasures',
    each: deps.requests.each,
    keyOf: (request) => erasureKey(request).at,
    tend: async (request) => {
      const { userId, target, awaitsRelease = false, updatedAt, requestedAt } = request;
      const now = deps.now();
      const age = Math.floor((now - requestedAt) / 1000);
      if (awaitsRelease && (await isStillHeld(deps.holds.among, request))) return age;
      oldest = Math.max(oldest, age);
      if (awaitsRelease || updatedAt + patienceMillis <= now) await deps.queue.add({ userId, target });
      return age;
    },
  });
  return { oldest, oldestOfAll };
}

/** Those that the queue has lost, or that the worker could not end; the age of the oldest one that is overdue. */
async function resumeLooks(deps: ResumeErasuresDeps): Promise<number> {
  const { looks, queue, now } = deps;
  if (looks === undefined) return 0;
  return goAround(deps, {
    name: 'late-looks',
    each: looks.each,
    keyOf: ({ id }) => id,
    tend: async ({ id, dueAt }) => {
      if (dueAt + patienceMillis > now()) return 0;
      await queue.add({ lateLook: id });
      return Math.floor((now() - dueAt) / 1000);
    },
  });
}
