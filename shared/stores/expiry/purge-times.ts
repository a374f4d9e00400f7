import { type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../../time.ts';
import { type Ending, effectiveExpiry } from './expiry.ts';
import { endedBefore, type Retention } from './retention.ts';

/** An expired message stays in its place for longer than any invocation can run that may have seen it alive. */
export const graceSeconds = 60;

/** Three times as long as a send may run: what was known before then, every running send knows. */
export const settleSeconds = 30;

export function isDeletable(stamp: Ending, retention: Retention, now: EpochMillis): boolean {
  return effectiveExpiry(stamp, retention) + graceSeconds <= epochSeconds(now);
}

export type Cutoff = { readonly expiredBy: EpochSeconds; readonly sentBy: EpochMillis };

/** Who is due: whose earliest stamp ended by then, or whose oldest message the policy had ended by then. */
export function cutoff(retention: Retention, now: EpochMillis, grace = graceSeconds): Cutoff {
  const expiredBy = (epochSeconds(now) - grace) as EpochSeconds;
  return {
    expiredBy,
    sentBy: epochMillis(endedBefore(retention, epochMillis(expiredBy * 1000)) - 1),
  };
}
