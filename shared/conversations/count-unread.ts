import type { Membership } from '../stores/conversations/conversation-store.ts';
import type { ListedMessageStore } from '../stores/messages/listed-message-store.ts';
import { isShown, type NewestMessagesDeps } from './newest-message.ts';

export type CountUnreadDeps = Omit<NewestMessagesDeps, 'messages'> & {
  readonly messages: Pick<ListedMessageStore, 'newest'>;
};

export type Unread = {
  readonly unread: number;
  readonly mentions: number;
  /** The number of the newest message that can be read, if it was among those that were looked at. */
  readonly newest?: number;
};

/** It is counted so far exactly; beyond, there are more. */
export const mostCounted = 100;

/** So many pages are looked at: among a great many that are erased or one's own there may be others. */
const mostPages = 3;

/** What others wrote after the place that the member has read up to, and what can still be read of it: the newest first. */
export async function countUnread(
  { messages, retention, blocked }: CountUnreadDeps,
  { head: { conversationId }, member }: Membership,
): Promise<Unread> {
  const { userId, readSeq, fromSeq = 1 } = member;
  const after = Math.max(readSeq, fromSeq - 1);
  const limit = mostCounted + 1;
  let unread = 0;
  let mentions = 0;
  let newest: number | undefined;
  let before = Number.MAX_SAFE_INTEGER;
  for (let page = 0; page < mostPages && unread < limit; page += 1) {
    const { headers, more } = await messages.newest(conversationId, { after, before, limit });
    const ruling = await retention();
    const shown = headers.filter((each) => isShown(each, { userId, blocked }, ruling));
    newest ??= shown[0]?.seq;
    const counted = shown.filter(({ from }) => from !== userId).slice(0, limit - unread);
    unread += counted.length;
    mentions += counted.filter((each) => each.mentionsAll === true || each.mentions?.includes(userId)).length;
    before = headers.at(-1)?.seq ?? before;
    if (!more || headers.length === 0) break;
  }
  return { unread, mentions, ...(newest !== undefined && { newest }) };
}
