import type { Head } from '../stores/conversations/conversation.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type NewestSeqDeps = {
  /** Absent where messages are not stored: there the head knows every number at once. */
  readonly messages: Pick<MessageStore, 'headers'> | undefined;
};

/** A message is pushed while its number is still being made known on the head. */
export async function newestSeq({ messages }: NewestSeqDeps, head: Head): Promise<number> {
  const { conversationId, lastSeq: after } = head;
  const newer = await messages?.headers(conversationId, { after, limit: 1, newestFirst: true });
  return newer?.headers[0]?.seq ?? after;
}
