import { type AskRetention, unchangedRetention } from '../../shared/stores/expiry/retention.ts';
import { epochMillis } from '../../shared/time.ts';

/** One that has always been the same, asked by that clock. */
export function steadyRetention(retentionSeconds: number, now: () => number): AskRetention {
  return async () => ({ ...unchangedRetention(retentionSeconds), now: epochMillis(now()) });
}
