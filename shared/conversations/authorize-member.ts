import { ProtocolError } from '../protocol/errors.ts';
import type { Conversation, Member } from '../stores/conversations/conversation.ts';

/** Answers the same for what does not exist and for what one may not see. */
export function authorizeMember(
  conversation: Conversation | undefined,
  userId: string,
): { conversation: Conversation; member: Member } {
  const member = conversation?.members.get(userId);
  if (conversation === undefined || member === undefined) throw new ProtocolError('NOT_FOUND');
  if (member.suspended) throw new ProtocolError('CONSENT_REQUIRED');
  return { conversation, member };
}
