import type { Conversation } from '../stores/conversations/conversation.ts';
import type { Message } from '../stores/messages/message.ts';
import { ownerOf } from './roles.ts';

/**
 * Whether somebody may take away what somebody else has written there: the owner everybody's, an admin that of those who have no role,
 * also of who has left. What the service says of comings and goings nobody takes away from another.
 */
export function mayTakeAway(
  { head, members }: Conversation,
  userId: string,
  { from, content }: Pick<Message, 'from' | 'content'>,
): boolean {
  if (head.kind === 'direct' || content.type === 'event' || content.type === 'recalled') return false;
  const owner = ownerOf(members.values());
  if (userId === owner) return true;
  return members.get(userId)?.role === 'admin' && from !== owner && members.get(from)?.role === undefined;
}
