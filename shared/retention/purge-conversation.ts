import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore, NextPurgeMark } from '../stores/conversations/conversation-store.ts';
import { mixedAfter } from '../stores/conversations/purge-mark.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import { isDeletable, settleSeconds } from '../stores/expiry/purge-times.ts';
import {
  type AskRetention,
  endedBefore,
  type Retention,
  type RetentionAt,
} from '../stores/expiry/retention.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type Clock, type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../time.ts';

export type PurgeConversationDeps = {
  readonly messages: Pick<MessageStore, 'headers' | 'delete'>;
  readonly conversations: Pick<ConversationStore, 'readHead' | 'advanceLastSeq' | 'replacePurgeMark'>;
  readonly holds: Pick<HoldStore, 'list'>;
  readonly retention: AskRetention;
  readonly now: Clock;
  /** True once the run has to end. */
  readonly isOver: () => boolean;
};

export type Purged = { readonly deleted: number; readonly finished: boolean };

type Walk = {
  readonly deleted: number;
  /** False when time ran out: the mark stays, and the next run begins anew with what is left. */
  readonly finished: boolean;
  readonly kept: Kept;
  readonly lastSeq: number;
};
/** Lower bounds over what stays. */
type Kept = { count: number; nextPurgeAt: number; purgeFrom: number; latest: number; mixedUntil: number };

/**
 * Deletes what has expired in one conversation and moves its mark on. A number is free again once its message is
 * gone, so it is deleted only when every running send knows that the number was taken: the head has said so for
 * longer than a send runs. Whatever is cut short is done by the next run. What is under a legal hold is not its
 * business: neither deleted nor counted as late, and a conversation that is held leaves the index until its release.
 */
export async function purgeConversation(
  deps: PurgeConversationDeps,
  conversationId: string,
): Promise<Purged> {
  const head = await deps.conversations.readHead(conversationId);
  if (head?.purgeShard === undefined) return { deleted: 0, finished: true };
  if ((await deps.holds.list()).conversations.has(conversationId)) {
    await deps.conversations.replacePurgeMark(head, settledOf(head));
    return { deleted: 0, finished: true };
  }
  const retention = await deps.retention();
  const { now } = retention;
  const walk = await deleteExpired(deps, head, retention);
  const { deleted, finished } = walk;
  if (finished) await deps.conversations.replacePurgeMark(head, nextMark(head, walk, epochSeconds(now)));
  return { deleted, finished };
}

async function deleteExpired(deps: PurgeConversationDeps, head: Head, retention: RetentionAt): Promise<Walk> {
  const { now } = retention;
  const { conversationId, settledSeq = 0, settledAt = 0, mixedUntil = 0 } = head;
  const mayGoTo = settledAt + settleSeconds <= epochSeconds(now) ? settledSeq : 0;
  const mixed = mixedUntil >= epochSeconds(now);
  const most = Number.MAX_SAFE_INTEGER;
  const kept: Kept = { count: 0, nextPurgeAt: most, purgeFrom: most, latest: 0, mixedUntil };
  let { lastSeq } = head;
  let deleted = 0;
  for (let after = 0, more = true; more; ) {
    if (deps.isOver()) return { deleted, finished: false, kept, lastSeq };
    const page = await deps.messages.headers(conversationId, { after });
    const isExpired = (header: MessageHeader) => isDeletable(header, retention, now);
    // Asked for each page: a hold that was answered before is known here.
    const holds = await deps.holds.list();
    const mayGo = ({ seq, from }: MessageHeader) => seq <= mayGoTo && !isOnHold(holds, from, conversationId);
    const going = page.headers.filter((header) => mayGo(header) && isExpired(header));
    await deps.messages.delete(going);
    deleted += going.length;
    const staying = page.headers.filter((header) => !going.includes(header));
    const bounding = staying.filter(({ from }) => !isOnHold(holds, from, conversationId));
    for (const header of bounding) keep(kept, lateFrom(header, head, retention));
    // A crash may have left a number that the head does not know: made known now, deleted in a later run.
    const newest = page.headers.findLast((header) => header.seq > lastSeq && isExpired(header));
    if (newest !== undefined) {
      await deps.conversations.advanceLastSeq(newest);
      lastSeq = newest.seq;
    }
    after = page.headers.at(-1)?.seq ?? after;
    more = page.more && (mixed || staying.every(isExpired));
  }
  return { deleted, finished: true, kept, lastSeq };
}

function keep(kept: Kept, { sentAt, expiresAt }: MessageHeader): void {
  kept.count += 1;
  kept.nextPurgeAt = Math.min(kept.nextPurgeAt, expiresAt);
  kept.purgeFrom = Math.min(kept.purgeFrom, sentAt);
  if (expiresAt < kept.latest) kept.mixedUntil = mixedAfter(kept.latest, kept.mixedUntil);
  kept.latest = Math.max(kept.latest, expiresAt);
}

/** What a hold had kept has been late since its release only. */
function lateFrom(header: MessageHeader, head: Head, retention: Retention): MessageHeader {
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

function nextMark(head: Head, { kept, lastSeq }: Walk, now: EpochSeconds): NextPurgeMark {
  // A note is left in peace until it is old enough to be of use.
  const { settledAt = 0, settledSeq = 0 } = head;
  const note =
    settledAt + settleSeconds <= now ? { settledSeq: lastSeq, settledAt: now } : { settledSeq, settledAt };
  const settled = { settledSeq: note.settledSeq, settledAt: note.settledAt as EpochSeconds };
  const rest = { ...settled, ...(kept.mixedUntil >= now && { mixedUntil: kept.mixedUntil as EpochSeconds }) };
  const bounds = boundsOf(head);
  if (kept.count > 0) {
    return {
      ...rest,
      ...bounds,
      // A send under way may have read the lower bound, and end before all that stays: every run looks again.
      nextPurgeAt: Math.min(kept.nextPurgeAt, 'mixedUntil' in rest ? now : kept.nextPurgeAt) as EpochSeconds,
      purgeFrom: kept.purgeFrom as EpochMillis,
    };
  }
  // Empty: a send that has read the head before now may still store a message, so the entry stays for a while.
  if (head.drainingSince === undefined) return { ...rest, ...bounds, drainingSince: now };
  if (head.drainingSince + settleSeconds > now)
    return { ...rest, ...bounds, drainingSince: head.drainingSince };
  return settled;
}

function settledOf({ settledSeq, settledAt }: Head): NextPurgeMark {
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
