import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { LateLookStore } from '../stores/privacy/late-look-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import type { ErasureJob } from './erasure-job.ts';
import { type IsTargetOnHoldDeps, isTargetOnHold } from './is-target-on-hold.ts';

export type ResumeErasuresDeps = IsTargetOnHoldDeps & {
  readonly requests: Pick<ErasureStore, 'list'>;
  readonly holds: Pick<HoldStore, 'list'>;
  readonly queue: JobQueue<ErasureJob>;
  /** Absent where only what a release has set free is asked for. */
  readonly looks?: Pick<LateLookStore, 'list'>;
  readonly now: Clock;
};

export type OpenErasureAges = { readonly oldest: number; readonly oldestOfAll: number };

/** A job that is at work or on its way is not asked for again. */
const patienceMillis = 5 * 60_000;

/**
 * Takes up what a lifted hold has set free, and what the queue has lost. Returns the age in seconds of the oldest
 * erasure that nothing keeps from ending, and of the oldest of all, also on hold; 0 when there is none.
 */
export async function resumeErasures(deps: ResumeErasuresDeps): Promise<OpenErasureAges> {
  const [requests, holds] = await Promise.all([deps.requests.list(), deps.holds.list()]);
  let oldest = await resumeLooks(deps);
  let oldestOfAll = 0;
  for (const { userId, target, awaitsRelease = false, updatedAt, requestedAt } of requests) {
    const key = { userId, target };
    const now = deps.now();
    const age = Math.floor((now - requestedAt) / 1000);
    oldestOfAll = Math.max(oldestOfAll, age);
    if (awaitsRelease && (await isTargetOnHold(deps, holds, key))) continue;
    oldest = Math.max(oldest, age);
    if (awaitsRelease || updatedAt + patienceMillis <= now) await deps.queue.add(key);
  }
  return { oldest, oldestOfAll };
}

/** Those that the queue has lost, or that the worker could not end; the age of the oldest one that is overdue. */
async function resumeLooks({ looks, queue, now }: ResumeErasuresDeps): Promise<number> {
  const overdue = ((await looks?.list()) ?? []).filter(({ dueAt }) => dueAt + patienceMillis <= now());
  for (const { id } of overdue) await queue.add({ lateLook: id });
  return Math.max(0, ...overdue.map(({ dueAt }) => Math.floor((now() - dueAt) / 1000)));
}
