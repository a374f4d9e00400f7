import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { graceSeconds } from '../expiry/purge-times.ts';

/** A row of a conversation ends unless somebody comes: who writes or reads there, or the first message. */
export type RowEnd = {
  /** By time to live, unless the row is held; absent once the row stays. */
  readonly expiresAt?: EpochSeconds;
};

const daySeconds = 86_400;
/** For so long after a message a member of a group who has not come is waited for, and as long as the message lasts. */
const awaitedSeconds = 7 * daySeconds;

/** Time to live may take the row at its end. Readers leave it earlier, by longer than any of them can run. */
export function hasEnded({ expiresAt }: RowEnd, now: EpochMillis): boolean {
  return expiresAt !== undefined && expiresAt <= endedBy(now);
}

/** The ends of the rows that have ended for every reader. */
export function endedBy(now: EpochMillis): EpochSeconds {
  return (epochSeconds(now) + graceSeconds) as EpochSeconds;
}

/** Of rows that are written now: a conversation waits a day for its first message. */
export function endWithoutMessage(now: EpochMillis): EpochSeconds {
  return (endedBy(now) + daySeconds) as EpochSeconds;
}

/** Opened again, it is to wait for at least half of that once more. */
export function endsSoon({ expiresAt }: RowEnd, now: EpochMillis): boolean {
  return expiresAt !== undefined && expiresAt < endedBy(now) + daySeconds / 2;
}

/** The end that a member who has not come is to have now; undefined while theirs is late enough. A write a day, at most. */
export function laterEnd(
  { expiresAt }: RowEnd,
  message: { readonly sentAt: EpochMillis; readonly expiresAt: EpochSeconds },
): EpochSeconds | undefined {
  if (expiresAt === undefined) return undefined;
  const awaited = Math.max(message.expiresAt, epochSeconds(message.sentAt) + awaitedSeconds) + graceSeconds;
  return expiresAt < awaited ? ((awaited + daySeconds) as EpochSeconds) : undefined;
}
