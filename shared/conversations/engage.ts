import type { Conversation, Member } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';

/**
 * Notes, once, that the member of a direct conversation takes part of their own accord, by which the other one becomes a
 * contact of theirs. Nobody becomes one by writing to somebody, or by opening a group.
 */
export async function engage(
  conversations: Pick<ConversationStore, 'markEngaged'>,
  { head: { conversationId, kind } }: Pick<Conversation, 'head'>,
  member: Member | undefined,
): Promise<void> {
  if (kind !== 'direct' || member === undefined || member.engaged === true) return;
  await conversations.markEngaged(conversationId, member.userId);
}
