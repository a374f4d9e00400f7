import { ProtocolError } from '../protocol/errors.ts';
import type { Bucket, RateLimitStore } from '../stores/rate-limits/rate-limit-store.ts';
import type { Clock, EpochMillis } from '../time.ts';

/** A token bucket per user; `burst` tokens at most, `perSecond` of them come back. */
export type RateLimit = {
  readonly name: string;
  readonly burst: number;
  readonly perSecond: number;
  /**
   * Whether each execution environment may let a twentieth of the rate pass by itself and takes its tokens from the table half
   * a second's worth at a time: for what people do often, so that it costs a write now and then and not each time.
   */
  readonly frequent: boolean;
};

export type RateLimiter = {
  /** @throws ProtocolError RATE_LIMITED, with the milliseconds after which so many tokens will be there. */
  take(userId: string, limit: RateLimit, tokens?: number): Promise<void>;
};

/** What one execution environment knows of one user and limit. */
type Local = {
  leased: number;
  leasedUntil: number;
  free: number;
  freeUntil: number;
  /** When the bucket will be full again, as far as is known: others may have taken more since. */
  fullAt: number;
};

const windowMillis = 10_000;
/** Each failed one means that others took tokens in between. */
const attempts = 4;
/** More users than one environment serves within the window. */
const remembered = 10_000;

/**
 * Counts in the table, whichever environment serves the user, so the sum of all stays within the limit. Over any time an
 * environment adds at most what it holds of `frequent` limits: a twentieth of the rate, and a lease of half a second's tokens.
 */
export function rateLimiter(store: RateLimitStore, now: Clock): RateLimiter {
  const known = new Map<string, Local>();

  return {
    async take(userId, limit, tokens = 1) {
      const at = now();
      const local = localOf(`${limit.name} ${userId}`, limit, at);
      if (local.free >= tokens) {
        local.free -= tokens;
        return;
      }
      if (at < local.leasedUntil && local.leased >= tokens) {
        local.leased -= tokens;
        return;
      }
      await lease(userId, limit, tokens, local, at);
    },
  };

  async function lease(userId: string, limit: RateLimit, tokens: number, local: Local, at: EpochMillis) {
    const millisPerToken = 1000 / limit.perSecond;
    const bucket: Bucket = { capacity: limit.burst, millisPerToken };
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const wait = local.fullAt + (tokens - limit.burst) * millisPerToken - at;
      // A flood is answered from here: no write can succeed before that many tokens have come back.
      if (wait > 0) throw refusal(wait);
      const there = Math.floor(limit.burst - Math.max(0, local.fullAt - at) / millisPerToken);
      const count = Math.max(tokens, Math.min(there, leaseOf(limit)));
      const fullAt = await store.take({ userId, limit: limit.name, tokens: count }, bucket, at);
      if (fullAt === undefined) {
        local.fullAt = Math.max(local.fullAt, at) + count * millisPerToken;
        local.leased = count - tokens;
        local.leasedUntil = at + windowMillis;
        return;
      }
      local.fullAt = Math.max(local.fullAt, fullAt);
    }
    throw refusal(millisPerToken);
  }

  function localOf(key: string, limit: RateLimit, at: number): Local {
    const last = known.get(key);
    const local = last ?? { leased: 0, leasedUntil: 0, free: 0, freeUntil: 0, fullAt: 0 };
    if (at >= local.freeUntil) {
      local.free = freeOf(limit);
      local.freeUntil = at + windowMillis;
    }
    known.delete(key);
    known.set(key, local);
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return local;
  }
}

/** Tokens in each window of ten seconds that an environment lets pass by itself. */
export function freeOf({ frequent, perSecond, burst }: RateLimit): number {
  return frequent ? Math.floor(Math.min((perSecond * windowMillis) / 1000 / 20, burst / 20)) : 0;
}

/** Tokens that an environment takes from the table at once. */
export function leaseOf({ frequent, perSecond, burst }: RateLimit): number {
  return frequent ? Math.max(1, Math.floor(Math.min(perSecond / 2, burst / 10))) : 1;
}

function refusal(millis: number): ProtocolError {
  return new ProtocolError('RATE_LIMITED', { retryAfterMs: Math.max(1, Math.ceil(millis)) });
}
