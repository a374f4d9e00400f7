import { ProtocolError } from '../protocol/errors.ts';
import type { Hold } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { type HoldReport, holdReport, type StoredKinds } from './hold-report.ts';

export type SetHoldDeps = {
  readonly holds: Pick<HoldStore, 'find' | 'replace'>;
  readonly work: JobQueue<HoldTarget>;
  readonly stored: StoredKinds;
  readonly now: Clock;
};

/** Each lost race means that the worker has saved its place meanwhile. */
const attempts = 10;

/**
 * Puts a hold into force, or ends it. From the answer on it is what the sweeper and erasure go by; the time to live of
 * what is stored follows by the queue. Asked again it changes nothing and says how far that is.
 */
export async function setHold(
  deps: SetHoldDeps,
  target: HoldTarget,
  state: Hold['state'],
): Promise<HoldReport> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.holds.find(target);
    if (before === undefined && state === 'releasing') return holdReport(target, undefined, deps.stored);
    if (before?.state === state) return holdReport(target, before, deps.stored);
    const since = deps.now();
    const backfill = { pass: 1, notBefore: epochSeconds(since) } as const;
    const hold = { target, state, since, moved: 0, backfill };
    if (!(await deps.holds.replace(hold, before))) continue;
    await deps.work.add(target);
    return holdReport(target, hold, deps.stored);
  }
  throw new ProtocolError('CONFLICT');
}
