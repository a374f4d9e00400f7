import type { Backfill, Hold } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { type BackfillBatch, type BackfillDeps, backfillBatch } from './backfill-batch.ts';
import { secondPassSeconds } from './second-pass.ts';

export type ApplyHoldDeps = BackfillDeps & {
  readonly holds: Pick<HoldStore, 'among' | 'find' | 'replace' | 'remove'>;
  readonly work: JobQueue<HoldTarget>;
  readonly now: Clock;
  /** True once the invocation has to end. */
  readonly isOver: () => boolean;
};

/**
 * Makes what is stored follow a hold, or its release, from where the work was left. Its place is saved after each
 * batch; whoever finds it saved by somebody else leaves the rest to them.
 */
export async function applyHold(deps: ApplyHoldDeps, target: HoldTarget): Promise<void> {
  for (;;) {
    const hold = await deps.holds.find(target);
    if (hold?.backfill === undefined || hold.backfill.notBefore > epochSeconds(deps.now())) return;
    if (deps.isOver()) return deps.work.add(target);
    const batch = await backfillBatch(deps, hold, hold.backfill);
    if (!(await save(deps, hold, hold.backfill, batch))) return;
  }
}

async function save(
  deps: ApplyHoldDeps,
  hold: Hold,
  backfill: Backfill,
  { moved, next }: BackfillBatch,
): Promise<boolean> {
  const { backfill: _before, ...rest } = hold;
  const progress = { ...rest, moved: hold.moved + moved };
  if (next !== undefined) {
    const { pass, notBefore } = backfill;
    return deps.holds.replace({ ...progress, backfill: { pass, notBefore, ...next } }, hold);
  }
  if (backfill.pass === 2) {
    return hold.state === 'releasing' ? deps.holds.remove(hold) : deps.holds.replace(progress, hold);
  }
  const notBefore = (epochSeconds(deps.now()) + secondPassSeconds) as EpochSeconds;
  const saved = await deps.holds.replace({ ...progress, backfill: { pass: 2, notBefore } }, hold);
  if (saved) await deps.work.add(hold.target, secondPassSeconds);
  return saved;
}
