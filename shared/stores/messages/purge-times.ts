import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { effectiveExpiry, type Message } from './message.ts';

/** What of a message decides about its deletion; an erased one is nobody's and has no id. */
export type Stamp = Pick<Message, 'conversationId' | 'seq' | 'sentAt' | 'expiresAt' | 'erasedAt'> &
  Partial<Pick<Message, 'from' | 'id'>> & {
    /** Of the media that goes with it. */
    readonly mediaId?: string;
  };

/** An expired message stays in its place for longer than any invocation can run that may have seen it alive. */
export const graceSeconds = 60;

/** Three times as long as a send may run: what was known before then, every running send knows. */
export const settleSeconds = 30;

export function isDeletable(
  stamp: Pick<Stamp, 'sentAt' | 'expiresAt'>,
  retentionSeconds: number,
  now: EpochMillis,
): boolean {
  return effectiveExpiry(stamp, retentionSeconds) + graceSeconds <= epochSeconds(now);
}

export type Horizon = { readonly expiredBy: EpochSeconds; readonly sentBy: EpochMillis };

/** Who is due: whose earliest stamp ended by then, or whose oldest message the present policy has ended by then. */
export function horizon(retentionSeconds: number, now: EpochMillis, grace = graceSeconds): Horizon {
  const expiredBy = (epochSeconds(now) - grace) as EpochSeconds;
  return { expiredBy, sentBy: ((expiredBy - retentionSeconds) * 1000 + 999) as EpochMillis };
}
