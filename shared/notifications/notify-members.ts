import { type EventBusGateway, mostEntries } from '../events/event-bus-gateway.ts';
import { isSenderId } from '../protocol/sender-id.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { NotificationJob } from '../stores/queue/notification-job.ts';
import { type DueMessageDeps, dueMessage } from './due-message.ts';
import { notificationEvent } from './notification-event.ts';
import { type WhoIsNotifiedDeps, whoIsNotified } from './who-is-notified.ts';

export type NotifyMembersDeps = WhoIsNotifiedDeps &
  DueMessageDeps & {
    readonly conversations: Pick<ConversationStore, 'read'>;
    readonly bus: EventBusGateway;
    readonly jobs: JobQueue<NotificationJob>;
    /** True once this invocation has to end. */
    readonly isOver: () => boolean;
  };

/** Members who are looked at together; each page looks at the message anew. */
export const membersAPage = 100;

/**
 * Tells the operator's bus of everybody who is to be notified of one message, page by page in the order of their ids. What is left when the
 * time is over goes back into the queue with its place. A death tells a page twice, under the same ids.
 * @throws Error where the bus does not take all of a page
 */
export async function notifyMembers(
  deps: NotifyMembersDeps,
  { conversationId, seq, after = '' }: NotificationJob,
): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  if (conversation === undefined || conversation.head.kind === 'room') return;
  const members = [...conversation.members.values()]
    .filter(({ userId }) => userId > after && !isSenderId(userId))
    .toSorted((one, other) => (one.userId < other.userId ? -1 : 1));
  for (let from = 0; from < members.length; from += membersAPage) {
    const before = members[from - 1]?.userId;
    if (deps.isOver() && before !== undefined)
      return deps.jobs.add({ conversationId, seq, after: before }, 0, conversationId);
    const message = await dueMessage(deps, conversationId, seq);
    if (message === undefined) return;
    const userIds = await whoIsNotified(deps, message, members.slice(from, from + membersAPage));
    const events = userIds.map((userId) => notificationEvent(message, userId));
    for (let first = 0; first < events.length; first += mostEntries) {
      const left = await deps.bus.put(events.slice(first, first + mostEntries));
      if (left.length > 0) throw new Error('the bus has not taken all');
    }
  }
}
