import type { Membership } from '../stores/conversations/conversation-store.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { isShownTo } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type CountUnreadDeps = {
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly retention: AskRetention;
};

/** It is counted so far; whoever has as many may have more. */
const most = 100;

/** So many pages are looked at: among a great many that are erased or one's own there may be others. */
const mostPages = 3;

/** What others wrote after the place that the member has read up to, and what can still be read of it: the newest first. */
export async function countUnread(
  { messages, retention }: CountUnreadDeps,
  { head: { conversationId }, member: { userId, readSeq } }: Membership,
): Promise<number> {
  let count = 0;
  let before: number | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const range = { after: readSeq, ...(before !== undefined && { before }), limit: most, newestFirst: true };
    const { headers, more } = await messages.headers(conversationId, range);
    const ruling = await retention();
    count += headers.filter(
      (each) => each.from !== userId && isReadable(each, ruling) && isShownTo(each, userId),
    ).length;
    before = headers.at(-1)?.seq;
    if (!more || before === undefined || count >= most) break;
  }
  return Math.min(count, most);
}
