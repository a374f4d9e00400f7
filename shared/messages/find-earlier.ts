import type { Message } from '../stores/messages/message.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { isSameSend, type LogTail } from './append-message.ts';

export type Search = { readonly found: MessageHeader | undefined; readonly tail: LogTail | undefined };

/**
 * Looks for a send among the messages appended since it was first tried, newest first. Times never fall with rising
 * numbers and a message is never older than its idempotency record, so the search ends at the first older one.
 */
export async function findEarlier(
  messages: Pick<MessageStore, 'headers'>,
  conversationId: string,
  send: Pick<Message, 'from' | 'id'> & { readonly claimedAt: number },
): Promise<Search> {
  let before: number | undefined;
  let tail: LogTail | undefined;
  for (;;) {
    const { headers, more } = await messages.headers(conversationId, {
      limit: 50,
      newestFirst: true,
      ...(before !== undefined && { before }),
    });
    tail ??= headers[0];
    const found = headers.find((header) => isSameSend(header, send));
    const oldest = headers.at(-1);
    if (found !== undefined || oldest === undefined || !more || oldest.sentAt < send.claimedAt) {
      return { found, tail };
    }
    before = oldest.seq;
  }
}
