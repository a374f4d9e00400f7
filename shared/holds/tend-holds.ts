import type { Hold } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import { goAround, type LapDeps } from '../stores/privacy/lap.ts';
import { holdKey } from '../stores/privacy/privacy-keys.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { epochSeconds } from '../time.ts';
import { newHold } from './set-hold.ts';

export type TendHoldsDeps = LapDeps & {
  readonly holds: Pick<HoldStore, 'each' | 'replace'>;
  readonly work: JobQueue<HoldTarget>;
};

/**
 * What the clock does for the holds: it releases those whose end has come, and puts back in the queue whatever is due, so that
 * nothing depends on one queue message. Returns for how many seconds the oldest hold or release is there that not all of what is
 * stored follows; 0 when there is none.
 */
export async function tendHolds(deps: TendHoldsDeps): Promise<number> {
  return goAround(deps, {
    name: 'holds',
    each: deps.holds.each,
    keyOf: ({ target }) => holdKey(target).at,
    tend: async (hold) => ((await releaseEnded(deps, hold)) ? 0 : queueDue(deps, hold)),
  });
}

/**
 * Until this has run a hold is in force, so that it is never shorter than its order says; and one whose end has been changed
 * meanwhile stays.
 */
async function releaseEnded({ holds, work, now }: TendHoldsDeps, hold: Hold): Promise<boolean> {
  const endsAt = hold.grounds?.endsAt;
  if (hold.state !== 'held' || endsAt === undefined || endsAt > now()) return false;
  const released = await holds.replace(newHold(hold.target, 'releasing', now()), hold);
  if (released) await work.add(hold.target);
  return released;
}

async function queueDue({ work, now }: TendHoldsDeps, { target, backfill, since }: Hold): Promise<number> {
  if (backfill === undefined) return 0;
  if (backfill.notBefore <= epochSeconds(now())) await work.add(target);
  return epochSeconds(now()) - epochSeconds(since);
}
