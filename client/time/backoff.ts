const baseMs = 500;
const capMs = 30_000;

/** Full jitter: clients that lost the same server at once must not come back at once. `attempt` counts from 1. */
export function backoff(attempt: number, random: () => number): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 16)));
}
