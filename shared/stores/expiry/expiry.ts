import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';

/** What a stored item says about its own end. */
export type Ending = { readonly sentAt: EpochMillis; readonly expiresAt: EpochSeconds };

export type Placed = Ending & { readonly seq: number };

/** One clock: whatever belongs to the message ends at this instant. Rounded down, never past the promise. */
export function expiryOf(sentAt: EpochMillis, retentionSeconds: number): EpochSeconds {
  return epochSeconds(sentAt + retentionSeconds * 1000);
}

/** The earlier of what was stamped and what the present policy allows: a longer policy un-hides nothing. */
export function effectiveExpiry(message: Ending, retentionSeconds: number): EpochSeconds {
  return Math.min(message.expiresAt, expiryOf(message.sentAt, retentionSeconds)) as EpochSeconds;
}

export function isReadable(
  message: Ending & { readonly tombstonedAt?: EpochMillis },
  retentionSeconds: number,
  now: EpochMillis,
): boolean {
  return message.tombstonedAt === undefined && now < effectiveExpiry(message, retentionSeconds) * 1000;
}
