import { ProtocolError } from '../protocol/errors.ts';
import type { Hold, HoldGrounds } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type Clock, type EpochMillis, epochSeconds } from '../time.ts';
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
 * Places a hold, or ends it. From the answer on it is what the sweeper and erasure begin by; the time to live of what is
 * stored follows by the queue. Asked again it changes nothing and says how far that is, and once all of it is kept, that
 * it is held.
 */
export async function setHold(
  deps: SetHoldDeps,
  target: HoldTarget,
  state: Hold['state'],
  grounds: Partial<HoldGrounds> = {},
): Promise<HoldReport> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const before = await deps.holds.find(target);
    if (before === undefined && state === 'releasing') return holdReport(target, undefined, deps.stored);
    const isInForce = before?.state === state;
    if (isInForce && !changes(before, grounds)) return holdReport(target, before, deps.stored);
    const hold = withGrounds(isInForce ? before : newHold(target, state, deps.now()), grounds);
    if (!(await deps.holds.replace(hold, before))) continue;
    if (!isInForce) await deps.work.add(target);
    return holdReport(target, hold, deps.stored);
  }
  throw new ProtocolError('CONFLICT');
}

/** From the first look at what is stored on. */
export function newHold(
  target: HoldTarget,
  state: Hold['state'],
  since: EpochMillis,
): Omit<Hold, 'revision'> {
  return { target, state, since, moved: 0, backfill: { pass: 1, notBefore: epochSeconds(since) } };
}

const changes = ({ grounds: before }: Hold, grounds: Partial<HoldGrounds>): boolean =>
  (['reason', 'authority', 'endsAt'] as const).some(
    (key) => grounds[key] !== undefined && grounds[key] !== before?.[key],
  );

function withGrounds(hold: Omit<Hold, 'revision'>, given: Partial<HoldGrounds>): Omit<Hold, 'revision'> {
  if (Object.keys(given).length === 0) return hold;
  return { ...hold, grounds: { reason: '', authority: '', ...hold.grounds, ...given } };
}
