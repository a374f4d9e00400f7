import type { ConversationStore } from './conversation-store.ts';
import type { MembershipStore } from './membership-store.ts';

export type LeaveConversationDeps = {
  readonly conversations: Pick<ConversationStore, 'read' | 'keepPair' | 'strip'>;
  readonly memberships: Pick<MembershipStore, 'remove'>;
};

/** Takes the user out of it; the last one to go leaves nothing but numbers and times. */
export async function leaveConversation(
  { conversations, memberships }: LeaveConversationDeps,
  conversationId: string,
  userId: string,
): Promise<void> {
  await memberships.remove(conversationId, userId);
  const conversation = await conversations.read(conversationId);
  if (conversation === undefined) return;
  const { head, members } = conversation;
  if (members.size === 0) await conversations.strip(conversationId);
  else if (head.pair !== undefined) await conversations.keepPair(conversationId, [...members.keys()]);
}
