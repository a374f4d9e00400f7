import type { Hold, Walk } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import type { WorkQueue } from '../stores/queue/work-queue.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { type Slice, type WalkDeps, walkSlice } from './walk-slice.ts';

export type ApplyHoldDeps = WalkDeps & {
  readonly holds: HoldStore;
  readonly work: WorkQueue<HoldTarget>;
  readonly now: Clock;
  /** True once the invocation has to end. */
  readonly isOver: () => boolean;
};

/** Longer than a send, an `open` or this function itself may run that knew the holds as they were before. */
export const secondLookSeconds = 180;

/**
 * Makes what is stored follow a hold, or its release, from where the work was left. Its place is saved after each
 * slice; whoever finds it saved by somebody else leaves the rest to them.
 */
export async function applyHold(deps: ApplyHoldDeps, target: HoldTarget): Promise<void> {
  for (;;) {
    const hold = await deps.holds.find(target);
    if (hold?.walk === undefined || hold.walk.notBefore > epochSeconds(deps.now())) return;
    if (deps.isOver()) return deps.work.add(target);
    const slice = await walkSlice(deps, hold, hold.walk);
    if (!(await save(deps, hold, hold.walk, slice))) return;
  }
}

/** Puts back in the queue whatever is due: nothing depends on one queue message. */
export async function resumeHolds({
  holds,
  work,
  now,
}: Pick<ApplyHoldDeps, 'holds' | 'work' | 'now'>): Promise<void> {
  const due = (await holds.all()).filter(
    ({ walk }) => walk !== undefined && walk.notBefore <= epochSeconds(now()),
  );
  for (const { target } of due) await work.add(target);
}

async function save(deps: ApplyHoldDeps, hold: Hold, walk: Walk, { moved, next }: Slice): Promise<boolean> {
  const { walk: _before, ...rest } = hold;
  const sofar = { ...rest, moved: hold.moved + moved };
  if (next !== undefined) {
    const { round, notBefore } = walk;
    return deps.holds.replace({ ...sofar, walk: { round, notBefore, ...next } }, hold);
  }
  if (walk.round === 2) {
    return hold.state === 'releasing' ? deps.holds.remove(hold) : deps.holds.replace(sofar, hold);
  }
  const notBefore = (epochSeconds(deps.now()) + secondLookSeconds) as EpochSeconds;
  const saved = await deps.holds.replace({ ...sofar, walk: { round: 2, notBefore } }, hold);
  if (saved) await deps.work.add(hold.target, secondLookSeconds);
  return saved;
}
