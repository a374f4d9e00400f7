import type { Push } from '../protocol/table.ts';
import { fanOut } from '../push/fan-out.ts';
import { recipients } from '../push/fan-out-message.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Placed } from '../stores/expiry/expiry.ts';
import type { MembershipChange } from '../stores/membership-changes/membership-change-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { RetryJob } from '../stores/queue/retry-job.ts';

export type AnnounceChangeDeps = FanOutToMembersDeps & {
  readonly conversations: Pick<ConversationStore, 'advanceLastSeq'>;
  /** Undefined where messages are not stored: nothing could be pushed again. */
  readonly retries: JobQueue<RetryJob> | undefined;
};

export type Announced = {
  readonly before: Conversation;
  readonly after: Conversation;
  readonly change: MembershipChange;
  readonly actor: { readonly userId: string; readonly connectionId: string };
};

/** Tells whoever is connected, and makes the event's number known. */
export type AnnounceChange = (announced: Announced) => Promise<void>;

/** Has an event pushed to those who may read it, for whoever did not get it. */
export type AnnounceAgain = (event: Placed & { readonly conversationId: string }) => Promise<void>;

/** A first attempt that is alive has pushed by then: twice the function's timeout. */
const repeatSeconds = 20;

/** Where messages are not stored there is nothing to push again. */
export function announceAgain({
  conversations,
  retries,
}: Pick<AnnounceChangeDeps, 'conversations' | 'retries'>): AnnounceAgain {
  return async (event) => {
    if (retries === undefined) return;
    const { conversationId, seq } = event;
    await conversations.advanceLastSeq(event);
    await retries.add({ conversationId, seq }, repeatSeconds, conversationId);
  };
}

/** Long enough for a busy gateway to breathe. */
const retrySeconds = 2;

/**
 * The event goes to those who are in from then on, as any message does; what has changed, to those who were or are. Who is added is
 * told first which conversation it is.
 */
export function announceChange(deps: AnnounceChangeDeps): AnnounceChange {
  return async (announced) => {
    const { before, after, change, actor } = announced;
    const { conversationId } = change;
    if (deps.retries !== undefined) await deps.conversations.advanceLastSeq(change.event);
    const added = new Map(change.joining.map((member) => [member.userId, member]));
    if (added.size > 0)
      await fanOutToMembers(deps, { members: added }, openedPush(after, change)).catch(() => undefined);
    const open = await recipients(deps, after);
    const later = await fanOut(deps, open, { type: 'message', message: change.event });
    if (later.length > 0)
      await deps.retries?.add(
        { conversationId, seq: change.event.seq, connectionIds: later.map((each) => each.connectionId) },
        retrySeconds,
        conversationId,
      );
    const gone = new Map(change.leaving.map((member) => [member.userId, { ...member, readSeq: 0 }]));
    const others = [...open, ...(gone.size > 0 ? await recipients(deps, { members: gone }) : [])];
    const told = others.filter(({ connectionId }) => connectionId !== actor.connectionId);
    await fanOut(deps, told, membersPush(before, change, actor.userId));
  };
}

function openedPush({ head, members }: Conversation, { event }: MembershipChange): Push {
  const { conversationId, kind } = head;
  return {
    type: 'opened',
    conversationId,
    kind,
    members: [...members.keys()].sort().slice(0, mostNamed),
    lastSeq: event.seq,
  };
}

/** As many as fit a frame; the others are asked for. */
const mostNamed = 100;

function membersPush({ head: { conversationId } }: Conversation, change: MembershipChange, by: string): Push {
  return {
    type: 'members',
    conversationId,
    revision: change.seen + 1,
    added: change.joining.map(({ userId }) => userId),
    removed: change.leaving.map(({ userId }) => userId),
    roles: change.roles,
    by,
    ...(change.closedAt !== undefined && { closed: true as const }),
  };
}
