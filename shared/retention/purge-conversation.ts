import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isDeletable, settleSeconds } from '../stores/expiry/purge-times.ts';
import type { AskRetention, RetentionAt } from '../stores/expiry/retention.ts';
import { authorsOf, type MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { nextMark, settledOf, type WalkEnd } from './next-mark.ts';
import { beginningOf, lateFrom, withHeld, withKept } from './purge-walk.ts';

export type PurgeConversationDeps = {
  readonly messages: Pick<MessageStore, 'headers' | 'delete'>;
  readonly conversations: Pick<ConversationStore, 'readHead' | 'advanceLastSeq' | 'replacePurgeMark'>;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly retention: AskRetention;
  readonly now: Clock;
  /** True once the turn is over; asked before each page. */
  readonly isOver: () => boolean;
};

export type Purged = { readonly deleted: number; readonly finished: boolean };

/**
 * Deletes what has expired in one conversation and moves its mark on. A number is free again once its message is
 * gone, so it is deleted only when every running send knows that the number was taken: the head has said so for
 * longer than a send runs. What is cut short is gone on with from the place that the mark keeps. What is under a legal
 * hold is not its business: neither deleted nor counted as late, and a conversation that is held leaves the index until
 * its release.
 */
export async function purgeConversation(
  deps: PurgeConversationDeps,
  conversationId: string,
): Promise<Purged> {
  const head = await deps.conversations.readHead(conversationId);
  if (head?.purgeShard === undefined) return { deleted: 0, finished: true };
  const { conversations: onHold } = await deps.holds.among({ conversations: [conversationId] });
  if (onHold.has(conversationId)) {
    await deps.conversations.replacePurgeMark(head, settledOf(head));
    return { deleted: 0, finished: true };
  }
  const retention = await deps.retention();
  const { deleted, ...end } = await deleteExpired(deps, head, retention);
  await deps.conversations.replacePurgeMark(head, nextMark(head, end, epochSeconds(retention.now)));
  return { deleted, finished: end.finished };
}

async function deleteExpired(
  deps: PurgeConversationDeps,
  head: Head,
  retention: RetentionAt,
): Promise<WalkEnd & { readonly deleted: number }> {
  const { now } = retention;
  const { conversationId, settledSeq = 0, settledAt = 0 } = head;
  const mayGoTo = settledAt + settleSeconds <= epochSeconds(now) ? settledSeq : 0;
  const isExpired = (header: MessageHeader) => isDeletable(header, retention, now);
  const begin = beginningOf(head, retention);
  const { whole } = begin;
  let { after, kept } = begin;
  let { lastSeq } = head;
  let deleted = 0;
  for (let more = true; more; ) {
    if (deps.isOver()) return { deleted, finished: false, whole, after, kept, lastSeq };
    const page = await deps.messages.headers(conversationId, { after });
    // Asked for each page: a hold that was answered before is known here.
    const holds = await deps.holds.among({
      users: authorsOf(page.headers),
      conversations: [conversationId],
    });
    const isHeld = ({ from }: MessageHeader) => isOnHold(holds, from, conversationId);
    const going = page.headers.filter((each) => each.seq <= mayGoTo && isExpired(each) && !isHeld(each));
    await deps.messages.delete(going);
    deleted += going.length;
    const gone = new Set(going);
    const staying = page.headers.filter((header) => !gone.has(header));
    for (const header of staying)
      kept = isHeld(header)
        ? withHeld(kept, header)
        : withKept(kept, lateFrom(header, head, retention), isExpired(header));
    // A crash may have left a number that the head does not know: made known now, deleted in a later run.
    const newest = page.headers.findLast((header) => header.seq > lastSeq && isExpired(header));
    if (newest !== undefined) {
      await deps.conversations.advanceLastSeq(newest);
      lastSeq = newest.seq;
    }
    after = page.headers.at(-1)?.seq ?? after;
    // In order, what comes behind one that lives ends later; of one that is held nothing is known to the index.
    more = page.more && (whole || staying.every((each) => isHeld(each) || isExpired(each)));
  }
  return { deleted, finished: true, whole, after, kept, lastSeq };
}
