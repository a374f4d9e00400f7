import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import { newHold } from './set-hold.ts';

export type ReleaseEndedDeps = {
  readonly holds: Pick<HoldStore, 'all' | 'replace'>;
  readonly work: JobQueue<HoldTarget>;
  readonly now: Clock;
};

/**
 * Releases the holds whose end has come. Until this has run they are in force, so that a hold is never shorter than its
 * order says; and one whose end has been changed meanwhile stays.
 */
export async function releaseEnded({ holds, work, now }: ReleaseEndedDeps): Promise<void> {
  for (const hold of await holds.all()) {
    const endsAt = hold.grounds?.endsAt;
    if (hold.state !== 'held' || endsAt === undefined || endsAt > now()) continue;
    if (await holds.replace(newHold(hold.target, 'releasing', now()), hold)) await work.add(hold.target);
  }
}
