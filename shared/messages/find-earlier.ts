import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { isSameSend, type Tail } from './place-message.ts';

export type Search = { readonly found: Message | undefined; readonly tail: Tail | undefined };

/**
 * Looks for a send among the messages placed since it was claimed, newest first. Times never fall with rising
 * numbers and a message is never older than its claim, so the search ends at the first older one.
 */
export async function findEarlier(
  messages: Pick<MessageStore, 'list'>,
  conversationId: string,
  send: Pick<Message, 'from' | 'id'> & { readonly claimedAt: number },
): Promise<Search> {
  let before: number | undefined;
  let tail: Tail | undefined;
  for (;;) {
    const page = await messages.list(conversationId, {
      limit: 50,
      newestFirst: true,
      ...(before !== undefined && { before }),
    });
    tail ??= page.messages[0];
    const found = page.messages.find((message) => isSameSend(message, send));
    const oldest = page.messages.at(-1);
    if (found !== undefined || oldest === undefined || !page.more || oldest.sentAt < send.claimedAt) {
      return { found, tail };
    }
    before = oldest.seq;
  }
}
