import { ProtocolError } from '../protocol/errors.ts';
import type { Conversation, Member } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';

export type AuthorizeMemberDeps = {
  readonly conversations: Pick<ConversationStore, 'readMember'>;
  /** Of the user, where it is looked up meanwhile; rejects with CONSENT_REQUIRED. */
  readonly consented?: Promise<unknown>;
};

/**
 * Reads the user's own row, alone and before anything else is read or written: what does not exist and what one may not
 * see are the same call with the same answer, so that neither the reply nor its time tells them apart.
 */
export async function authorizeMember(
  { conversations, consented }: AuthorizeMemberDeps,
  conversationId: string,
  userId: string,
): Promise<Member> {
  const member = conversations.readMember(conversationId, userId);
  // Whatever the row says, and although it is read at the same time: who has withdrawn is told that alone.
  member.catch(() => undefined);
  await consented;
  return admitted(await member);
}

/** The whole conversation, for a member. */
export async function readAsMember(
  deps: AuthorizeMemberDeps & { readonly conversations: Pick<ConversationStore, 'read'> },
  conversationId: string,
  userId: string,
): Promise<{ conversation: Conversation; member: Member }> {
  await authorizeMember(deps, conversationId, userId);
  return memberOf(await deps.conversations.read(conversationId), userId);
}

/** What the rows that were read in between say of the user now. */
export function memberOf(
  conversation: Conversation | undefined,
  userId: string,
): { conversation: Conversation; member: Member } {
  const member = admitted(conversation?.members.get(userId));
  if (conversation === undefined) throw new ProtocolError('NOT_FOUND');
  return { conversation, member };
}

function admitted(member: Member | undefined): Member {
  if (member === undefined) throw new ProtocolError('NOT_FOUND');
  return member;
}
