import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { type Retention, type RetentionAt, retentionEnd } from './retention.ts';

/** What a stored item says about its own end. */
export type Ending = { readonly sentAt: EpochMillis; readonly expiresAt: EpochSeconds };

export type Placed = Ending & { readonly seq: number };

/** One clock: whatever belongs to the message ends at this instant. Rounded down, never past the promise. */
export function expiryOf(sentAt: EpochMillis, retentionSeconds: number): EpochSeconds {
  return epochSeconds(sentAt + retentionSeconds * 1000);
}

/** The earlier of what was stamped and what the operator's policy allows or has ever allowed since: nothing is un-hidden. */
export function effectiveExpiry(message: Ending, retention: Retention): EpochSeconds {
  return Math.min(message.expiresAt, retentionEnd(message.sentAt, retention)) as EpochSeconds;
}

export function isReadable(
  message: Ending & { readonly tombstonedAt?: EpochMillis },
  retention: RetentionAt,
): boolean {
  return message.tombstonedAt === undefined && retention.now < effectiveExpiry(message, retention) * 1000;
}
