import { authorizeMember } from '../conversations/authorize-member.ts';
import type { ReadFrame } from '../protocol/activity/frames.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type MarkReadDeps = FanOutToMembersDeps & {
  readonly conversations: Pick<ConversationStore, 'read' | 'markRead'>;
  /** Absent where messages are not stored: there the head knows every number at once. */
  readonly messages: Pick<MessageStore, 'headers'> | undefined;
};

export type Reader = { readonly userId: string; readonly connectionId: string };

/** Moves the reader's place forward, never back and never beyond the newest message; tells everybody, also the own other devices. */
export async function markRead(
  deps: MarkReadDeps,
  { userId, connectionId }: Reader,
  { conversationId, seq: asked }: Pick<ReadFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  const { conversation, member } = authorizeMember(await deps.conversations.read(conversationId), userId);
  const { head } = conversation;
  const seq = asked <= head.lastSeq ? asked : Math.min(asked, await newestSeq(deps, head));
  if (seq <= member.readSeq) return;
  if (!(await deps.conversations.markRead(conversationId, userId, seq))) return;
  const push = { type: 'read', conversationId, userId, seq } as const;
  await fanOutToMembers(deps, conversation, push, (each) => each.connectionId !== connectionId);
}

/** A message is pushed while its number is still being made known on the head. */
async function newestSeq({ messages }: MarkReadDeps, head: Head): Promise<number> {
  const { conversationId, lastSeq: after } = head;
  const newer = await messages?.headers(conversationId, { after, limit: 1, newestFirst: true });
  return newer?.headers[0]?.seq ?? after;
}
