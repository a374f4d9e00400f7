import type { Head } from '../stores/conversations/conversation.ts';
import { type KeptBounds, mixedAfter } from '../stores/conversations/purge-mark.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import { isDeletable } from '../stores/expiry/purge-times.ts';
import { endedBefore, type Retention, type RetentionAt } from '../stores/expiry/retention.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import { type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../time.ts';

/** How far a conversation has been read, and what stays of it so far. */
export type PurgeWalk = {
  readonly after: number;
  readonly whole: boolean;
  readonly kept: KeptBounds;
};

const most = Number.MAX_SAFE_INTEGER;
const nothingKept = { count: 0, hasEnded: false, nextPurgeAt: most, purgeFrom: most, latest: 0 };

/**
 * Where the last run left it, if nobody has changed the mark since. Behind a conversation that was read to its end it
 * goes on only while nothing in there can be due.
 */
export function beginningOf(head: Head, retention: RetentionAt): PurgeWalk {
  const { purgePlace: place, purgeRevision, mixedUntil = 0 } = head;
  const isMixed = mixedUntil >= epochSeconds(retention.now);
  if (
    place === undefined ||
    place.revision !== purgeRevision ||
    (place.finished && isDue(place.kept, retention))
  )
    return { after: 0, whole: isMixed, kept: { ...nothingKept, mixedUntil } };
  const { after, whole, kept } = place;
  return {
    after,
    whole: whole || isMixed,
    kept: { ...kept, mixedUntil: Math.max(kept.mixedUntil, mixedUntil) },
  };
}

const isDue = ({ hasEnded, purgeFrom, nextPurgeAt }: KeptBounds, retention: RetentionAt): boolean =>
  hasEnded ||
  isDeletable(
    { sentAt: purgeFrom as EpochMillis, expiresAt: nextPurgeAt as EpochSeconds },
    retention,
    retention.now,
  );

/** With one more that stays. */
export function withKept(
  kept: KeptBounds,
  { sentAt, expiresAt }: MessageHeader,
  hasEnded: boolean,
): KeptBounds {
  return {
    ...withOrder(kept, expiresAt),
    count: kept.count + 1,
    hasEnded: kept.hasEnded || hasEnded,
    nextPurgeAt: Math.min(kept.nextPurgeAt, expiresAt),
    purgeFrom: Math.min(kept.purgeFrom, sentAt),
  };
}

/** With one more that a hold keeps: of that only the order counts, since a release asks for the rest. */
export function withHeld(kept: KeptBounds, { expiresAt }: MessageHeader): KeptBounds {
  return withOrder(kept, expiresAt);
}

function withOrder(kept: KeptBounds, expiresAt: EpochSeconds): KeptBounds {
  const { latest, mixedUntil } = kept;
  return {
    ...kept,
    latest: Math.max(latest, expiresAt),
    mixedUntil: expiresAt < latest ? mixedAfter(latest, mixedUntil) : mixedUntil,
  };
}

/** What a hold had kept has been late since its release only. */
export function lateFrom(header: MessageHeader, head: Head, retention: Retention): MessageHeader {
  const { releasedAt } = head;
  if (releasedAt === undefined) return header;
  const sinceRelease = endedBefore(retention, epochMillis((releasedAt - 1) * 1000));
  return {
    ...header,
    sentAt: Math.max(header.sentAt, sinceRelease) as EpochMillis,
    // The stamp may lie behind an end that a shorter policy has given it, and which the index no longer tells.
    expiresAt: Math.max(effectiveExpiry(header, retention), releasedAt) as EpochSeconds,
  };
}
