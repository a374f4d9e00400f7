import type { Limits } from '../configuration/limits.ts';
import { type ErrorCode, errors, ProtocolError } from '../protocol/errors.ts';
import type { Action } from '../protocol/table.ts';
import { actionLimits } from './action-limits.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { rateLimits } from './rate-limits.ts';

export type FrameRates = {
  /** Before a frame is carried out. @throws ProtocolError RATE_LIMITED */
  take(userId: string, frame: object): Promise<void>;
  /** After one has failed. @throws ProtocolError RATE_LIMITED, which is then the answer */
  takeFailure(userId: string, error: unknown): Promise<void>;
};

/** How many frames of each kind a user may send, whichever sockets and functions they come by. */
export function frameRates(limiter: RateLimiter, limits: Limits): FrameRates {
  const buckets = rateLimits(limits);

  return {
    async take(userId, frame) {
      const { limit, weigh, isLook } = limitOf(frame) ?? {};
      if (limit === undefined || weigh === undefined) return;
      // The schema that the frame has passed is that of its action.
      const looks = isLook?.(frame as never) === true;
      const tokens = looks ? 1 : weigh(frame as never, limits);
      if (tokens > 0) await limiter.take(userId, buckets[looks ? 'reads' : limit], tokens);
    },

    async takeFailure(userId, error) {
      if (error instanceof ProtocolError && isFault(error)) await limiter.take(userId, buckets.failedFrames);
    },
  };
}

function limitOf(frame: object) {
  const action = 'action' in frame ? String(frame.action) : '';
  return Object.hasOwn(actionLimits, action) ? actionLimits[action as Action] : undefined;
}

/** A session that ends, for which nothing is read; and what was written while its sender was away. */
const inTime: ReadonlySet<ErrorCode> = new Set(['TOKEN_EXPIRED', 'CONSENT_REQUIRED', 'EXPIRED']);

/** What a client could have known, and not what the server is busy with. */
const isFault = ({ code }: ProtocolError): boolean => !errors[code].retryable && !inTime.has(code);
