import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { EpochMillis } from '../time.ts';
import { firstOpen } from './room-numbers.ts';

/**
 * Of a page of a room, the part in front of the first number that was given out and whose message may still come: whoever has
 * read on would take it for gone. What is missing for another reason is looked up, which is rare.
 */
export async function cutAtOpen(
  messages: Pick<MessageStore, 'headers'>,
  conversationId: string,
  page: readonly Message[],
  after: number | undefined,
  now: EpochMillis,
): Promise<readonly Message[]> {
  const start = after ?? (page[0]?.seq ?? 1) - 1;
  if (firstOpen(page, start, now) === undefined) return page;
  const last = page.at(-1)?.seq ?? start;
  const { headers } = await messages.headers(conversationId, {
    after: start,
    before: last + 1,
    limit: last - start,
  });
  const open = firstOpen(headers, start, now);
  return open === undefined ? page : page.filter(({ seq }) => seq < open.seq);
}
