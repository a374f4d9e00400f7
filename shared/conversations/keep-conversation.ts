import type { Conversation } from '../stores/conversations/conversation.ts';
import { laterEnd } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Ending } from '../stores/expiry/expiry.ts';

export type KeepConversationDeps = Pick<ConversationStore, 'keepHead' | 'keepMember' | 'prolongMember'>;

/**
 * Before a message is stored: from then on its conversation and its sender stay, and whoever in a group has not come yet
 * is waited for. Both people of a direct conversation stay, since its head names them anyway and a message must not
 * be to nobody. Between people who have come this writes nothing.
 */
export async function keepConversation(
  conversations: KeepConversationDeps,
  { head, members }: Conversation,
  from: string,
  message: Ending,
): Promise<void> {
  const { conversationId, kind } = head;
  const keepMember = async (userId: string) => conversations.keepMember(conversationId, userId);
  const writes = [...members.values()].flatMap((member) => {
    const { userId, expiresAt } = member;
    if (expiresAt === undefined) return [];
    if (kind === 'direct' || userId === from) return [keepMember(userId)];
    const later = laterEnd(member, message);
    return later === undefined ? [] : [conversations.prolongMember(conversationId, userId, later)];
  });
  if (head.expiresAt !== undefined) writes.push(conversations.keepHead(conversationId));
  await Promise.all(writes);
}
