import { type AuthorizeMemberDeps, authorizeMember, memberOf } from '../conversations/authorize-member.ts';
import type { ReadFrame } from '../protocol/activity/frames.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import { witnessesOf } from '../safety/hidden-from.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { isLarge } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type NewestSeqDeps, newestSeq } from './newest-seq.ts';
import { type TellInTurnDeps, tellAuthorsInTurn } from './tell-authors.ts';

type Authors = Pick<TellInTurnDeps, 'messages' | 'readReceipts' | 'receiptJobs'>;

export type MarkReadDeps = FanOutToMembersDeps &
  NewestSeqDeps &
  AuthorizeMemberDeps & {
    readonly conversations: Pick<ConversationStore, 'read' | 'markRead'>;
    /** Absent where messages are not stored: there nothing says who wrote what was read. */
    readonly authors: Authors | undefined;
  };

export type Reader = { readonly userId: string; readonly connectionId: string };

/**
 * Moves the reader's place forward, never back and never beyond the newest message; tells everybody, also the own other devices.
 * In a large group it tells these and, now and then, the authors of what was read.
 */
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
  const isOther = (each: Connection) => each.connectionId !== connectionId;
  if (!isLarge(conversation)) return fanOutToMembers(deps, witnessesOf(conversation, userId), push, isOther);
  await Promise.all([
    fanOutToMembers(deps, { members: new Map([[userId, member]]) }, push, isOther),
    deps.authors && tellAuthorsInTurn({ ...deps, ...deps.authors }, conversation, member, seq),
  ]);
}
