import { ProtocolError } from '../protocol/errors.ts';
import type { NoResult } from '../protocol/reply-values.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { Arrangement, OwnPlaceStore } from '../stores/conversations/own-place-store.ts';
import { type AuthorizeMemberDeps, authorizeMember } from './authorize-member.ts';

export type ArrangeConversationDeps = FanOutToMembersDeps &
  AuthorizeMemberDeps & { readonly conversations: OwnPlaceStore };

/** How a conversation stands in one's own list. Nobody else is told; one's other devices are. */
export async function arrangeConversation(
  deps: ArrangeConversationDeps,
  { userId, connectionId }: { readonly userId: string; readonly connectionId: string },
  conversationId: string,
  change: Arrangement,
): Promise<NoResult> {
  await authorizeMember(deps, conversationId, userId);
  if (!(await deps.conversations.arrange(conversationId, userId, change)))
    throw new ProtocolError('NOT_FOUND');
  const own = new Map([[userId, { userId, readSeq: 0 }]]);
  const push = { type: 'conversation', conversationId, ...change } as const;
  await fanOutToMembers(deps, { members: own }, push, (each) => each.connectionId !== connectionId);
  return {};
}
