import type { RateLimitRowStore } from '../stores/rate-limits/rate-limit-row-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import type { ReturnedAt } from './returned-at.ts';

export type EraseRateLimitsDeps = {
  readonly rateLimits: RateLimitRowStore;
  readonly returnedAt: ReturnedAt;
};

/** A few rows: one for each limit. Who has come back meanwhile is counted like anybody. */
export function eraseRateLimits({ rateLimits, returnedAt }: EraseRateLimitsDeps): Eraser {
  return async (request) => {
    if ((await returnedAt(request)) !== undefined) return emptyTally;
    const rows = await rateLimits.list(request.userId);
    for (const row of rows) await rateLimits.remove(row);
    return { deleted: rows.length, found: (await rateLimits.list(request.userId)).length, held: 0 };
  };
}
