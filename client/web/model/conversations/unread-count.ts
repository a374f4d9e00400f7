import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';

/** `seen`: the last seq that this tab has shown, if it has shown any; what came after it is in `messages`. */
export function unreadCount(
  { unread, readSeq }: Pick<ConversationSummary, 'unread' | 'readSeq'>,
  seen: number | undefined,
  messages: readonly MessageBody[],
  me: string,
): number {
  if (seen === undefined) return unread;
  const read = Math.max(seen, readSeq);
  return messages.filter(({ seq, from }) => seq > read && from !== me).length;
}
