import type { Head } from '../stores/conversations/conversation.ts';
import type { NextPurgeMark } from '../stores/conversations/conversation-store.ts';
import { settleSeconds } from '../stores/expiry/purge-times.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../time.ts';
import type { PurgeWalk } from './purge-walk.ts';

export type WalkEnd = PurgeWalk & {
  /** False when its turn was over: the rest is for the next one. */
  readonly finished: boolean;
  /** The highest number that the head knows. */
  readonly lastSeq: number;
};

/** The mark of a conversation that was read: with lower bounds over what stays, or with the place where to go on. */
export function nextMark(head: Head, walk: WalkEnd, now: EpochSeconds): NextPurgeMark {
  const { kept, whole, after, finished } = walk;
  const note = noteOf(head, walk.lastSeq, now);
  const bounds = boundsOf(head);
  const { drainingSince, mixedUntil } = head;
  if (!finished) {
    const draining = drainingSince !== undefined && { drainingSince };
    const mixed = mixedUntil !== undefined && { mixedUntil };
    return { ...note, ...bounds, ...draining, ...mixed, place: { after, whole, kept, finished } };
  }
  const isMixed = kept.mixedUntil >= now;
  const rest = { ...note, ...(isMixed && { mixedUntil: kept.mixedUntil as EpochSeconds }) };
  if (kept.count > 0) {
    return {
      ...rest,
      ...bounds,
      // A send under way may have read the lower bound, and end before all that stays: every run looks again, at what is new.
      nextPurgeAt: Math.min(kept.nextPurgeAt, isMixed ? now : kept.nextPurgeAt) as EpochSeconds,
      purgeFrom: kept.purgeFrom as EpochMillis,
      ...(isMixed && whole && { place: { after, whole, kept, finished } }),
    };
  }
  // Empty: a send that has read the head before now may still store a message, so the entry stays for a while.
  if (drainingSince === undefined) return { ...rest, ...bounds, drainingSince: now };
  if (drainingSince + settleSeconds > now) return { ...rest, ...bounds, drainingSince };
  return rest;
}

/** The note of which numbers the head knows is left in peace until it is old enough to be of use. */
function noteOf(
  { settledSeq = 0, settledAt = epochSeconds(0) }: Head,
  lastSeq: number,
  now: EpochSeconds,
): Pick<NextPurgeMark, 'settledSeq' | 'settledAt'> {
  const isOld = settledAt + settleSeconds <= now;
  return isOld ? { settledSeq: lastSeq, settledAt: now } : { settledSeq, settledAt };
}

/** Out of both indexes. */
export function settledOf({ settledSeq, settledAt }: Head): NextPurgeMark {
  return {
    ...(settledSeq !== undefined && { settledSeq }),
    ...(settledAt !== undefined && { settledAt }),
  };
}

function boundsOf({ purgeShard, nextPurgeAt, purgeFrom }: Head): NextPurgeMark {
  return {
    ...(purgeShard !== undefined && { purgeShard }),
    ...(nextPurgeAt !== undefined && { nextPurgeAt }),
    ...(purgeFrom !== undefined && { purgeFrom }),
  };
}
