import { type AuthorizeMemberDeps, readAsMember } from '../conversations/authorize-member.ts';
import type { TypingFrame } from '../protocol/activity/frames.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import { witnessesOf } from '../safety/hidden-from.ts';
import { isLarge } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';

export type AnnounceTypingDeps = FanOutToMembersDeps &
  AuthorizeMemberDeps & { readonly conversations: Pick<ConversationStore, 'read'> };

/** Tells the others that somebody is writing, except in a large group. Nothing of it is kept. */
export async function announceTyping(
  deps: AnnounceTypingDeps,
  userId: string,
  { conversationId, seq }: Pick<TypingFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  const { conversation } = await readAsMember(deps, conversationId, userId);
  if (isLarge(conversation)) return;
  const push = { type: 'typing', conversationId, userId, ...(seq !== undefined && { seq }) } as const;
  await fanOutToMembers(deps, witnessesOf(conversation, userId), push, (each) => each.userId !== userId);
}
