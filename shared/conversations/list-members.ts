import type { MembersFrame } from '../protocol/conversations/frames.ts';
import type { MembersResult } from '../protocol/conversations/table.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type AuthorizeMemberDeps, readAsMember } from './authorize-member.ts';

export type ListMembersDeps = AuthorizeMemberDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
};

/** Who can read what is written there: told to each of them. */
export async function listMembers(
  deps: ListMembersDeps,
  userId: string,
  { conversationId }: Pick<MembersFrame, 'conversationId'>,
): Promise<MembersResult> {
  const { conversation } = await readAsMember(deps, conversationId, userId);
  return { members: [...conversation.members.keys()].sort() };
}
