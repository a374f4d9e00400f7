import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type TellAuthorsDeps, tellAuthors } from './tell-authors.ts';

export type TellReadReceiptsDeps = TellAuthorsDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
};

/** At the end of their turn: how far these members have read since they last told the authors. */
export async function tellReadReceipts(
  deps: TellReadReceiptsDeps,
  conversationId: string,
  readers: ReadonlySet<string>,
): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  if (conversation === undefined) return;
  for (const reader of readers) {
    const member = conversation.members.get(reader);
    if (member?.readReceipt === undefined || member.readSeq <= member.readReceipt.seq) continue;
    await tellAuthors(deps, conversation, member, member.readSeq);
  }
}
