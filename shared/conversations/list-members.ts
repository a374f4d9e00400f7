import type { MembersFrame } from '../protocol/conversations/frames.ts';
import type { MembersResult } from '../protocol/conversations/table.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { authorizeMember } from './authorize-member.ts';

export type ListMembersDeps = { readonly conversations: Pick<ConversationStore, 'read'> };

/** Who can read what is written there: told to each of them. */
export async function listMembers(
  { conversations }: ListMembersDeps,
  userId: string,
  { conversationId }: Pick<MembersFrame, 'conversationId'>,
): Promise<MembersResult> {
  const { conversation } = authorizeMember(await conversations.read(conversationId), userId);
  return { members: [...conversation.members.keys()].sort() };
}
