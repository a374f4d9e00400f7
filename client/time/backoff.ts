/** The first wait is twice as long at most. */
const baseMs = 250;
/** What a server that says nothing of it can stand. */
export const usualCapSeconds = 30;
/** Whatever a server says: timers of more than 24 days would be over at once. */
const longestMs = 3_600_000;

/** Full jitter: clients that lost the same server at once must not come back at once. `attempt` counts from 1. */
export function backoff(attempt: number, random: () => number, capSeconds = usualCapSeconds): number {
  return Math.floor(random() * Math.min(capSeconds * 1000, baseMs * 2 ** attempt));
}

/** A server that says when to come again knows better; the jitter is added, so that nobody comes earlier. */
export function waitFor(
  { retryAfterMs = 0 }: { readonly retryAfterMs?: number | undefined },
  attempt: number,
  random: () => number,
  capSeconds?: number,
): number {
  return Math.min(longestMs, retryAfterMs + backoff(attempt, random, capSeconds));
}
