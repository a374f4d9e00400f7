import { ProtocolError } from '../protocol/errors.ts';
import type { ConversationKind } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { WaitingRowStore } from '../stores/conversations/waiting-row-store.ts';
import type { EpochMillis } from '../time.ts';
import { membersPage } from './list-members.ts';

export type ShowConversationDeps = {
  readonly conversations: Pick<ConversationStore, 'read'> & Pick<WaitingRowStore, 'listWaiting'>;
};

/** What the operator sees of a conversation: who is in it and as what, and nothing that was written there. */
export type ShownConversation = ReturnType<typeof membersPage> & {
  readonly conversationId: string;
  readonly kind: ConversationKind;
  readonly createdAt: EpochMillis;
  readonly memberCount: number;
  readonly lastSeq: number;
  readonly closedAt?: EpochMillis;
  /** Named, and not agreed to take part yet; of a room there are none. */
  readonly waiting: readonly string[];
};

export async function showConversation(
  { conversations }: ShowConversationDeps,
  { conversationId, cursor }: { readonly conversationId: string; readonly cursor?: string | undefined },
): Promise<ShownConversation> {
  const [conversation, waiting] = await Promise.all([
    conversations.read(conversationId),
    conversations.listWaiting(conversationId),
  ]);
  if (conversation === undefined) throw new ProtocolError('NOT_FOUND');
  const { kind, createdAt, lastSeq, closedAt } = conversation.head;
  return {
    ...{ conversationId, kind, createdAt, lastSeq },
    ...(closedAt !== undefined && { closedAt }),
    memberCount: conversation.members.size,
    ...membersPage(conversation, cursor),
    waiting: waiting.map(({ userId }) => userId),
  };
}
