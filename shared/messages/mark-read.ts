import { type AuthorizeMemberDeps, authorizeMember, memberOf } from '../conversations/authorize-member.ts';
import type { ReadFrame } from '../protocol/activity/frames.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type NewestSeqDeps, newestSeq } from './newest-seq.ts';

export type MarkReadDeps = FanOutToMembersDeps &
  NewestSeqDeps &
  AuthorizeMemberDeps & { readonly conversations: Pick<ConversationStore, 'read' | 'markRead'> };

export type Reader = { readonly userId: string; readonly connectionId: string };

/** Moves the reader's place forward, never back and never beyond the newest message; tells everybody, also the own other devices. */
export async function markRead(
  deps: MarkReadDeps,
  { userId, connectionId }: Reader,
  { conversationId, seq: asked }: Pick<ReadFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  const { readSeq } = await authorizeMember(deps, conversationId, userId);
  if (asked <= readSeq) return;
  const { conversation, member } = memberOf(await deps.conversations.read(conversationId), userId);
  const { head } = conversation;
  const seq = asked <= head.lastSeq ? asked : Math.min(asked, await newestSeq(deps, head));
  if (seq <= member.readSeq) return;
  if (!(await deps.conversations.markRead(conversationId, userId, seq))) return;
  const push = { type: 'read', conversationId, userId, seq } as const;
  await fanOutToMembers(deps, conversation, push, (each) => each.connectionId !== connectionId);
}
