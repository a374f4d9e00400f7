import type { Clock } from '../time.ts';

/** False when the user has sent more than the limit. */
export type MessageRate = (userId: string) => boolean;

const remembered = 10_000;

/**
 * A token bucket per user, in the memory of one execution environment: it stops a runaway client without a write
 * per message. A user served by several environments at once gets a bucket in each.
 */
export function messageRate(perSecond: number, burst: number, now: Clock): MessageRate {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (userId) => {
    const at = now();
    const last = buckets.get(userId) ?? { tokens: burst, at };
    const tokens = Math.min(burst, last.tokens + (Math.max(0, at - last.at) / 1000) * perSecond);
    buckets.delete(userId);
    buckets.set(userId, { tokens: tokens < 1 ? tokens : tokens - 1, at });
    const oldest = buckets.size > remembered ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
    return tokens >= 1;
  };
}
