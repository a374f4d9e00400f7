import { endedBefore, type RetentionAt } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { type EpochMillis, epochMillis } from '../time.ts';

type Headers = Pick<MessageStore, 'headers'>;

/** What was sent before has surely ended; what was sent later may have. Of a conversation with a retention of its own too. */
export function surelyEndedBefore(retention: RetentionAt, ownSeconds: number | undefined): EpochMillis {
  const byPolicy = endedBefore(retention, retention.now);
  if (ownSeconds === undefined) return byPolicy;
  const second = Math.floor(retention.now / 1000);
  return epochMillis(Math.max(byPolicy, (second + 1 - ownSeconds) * 1000));
}

/**
 * The lowest number whose message was sent at that time or later: below it nothing can be read, however much of it is still
 * there, under a hold or because the sweeper is late. Times never fall with rising numbers, so that a search by halves finds
 * it: one call where nothing has ended, some twenty-five of ten million. Above `lastSeq` it does not look.
 */
export async function firstSentSince(
  messages: Headers,
  conversationId: string,
  since: EpochMillis,
  lastSeq: number,
): Promise<number> {
  const oldest = await headerFrom(1);
  if (oldest === undefined || oldest.sentAt >= since) return oldest?.seq ?? lastSeq + 1;
  let low = oldest.seq + 1;
  let high = lastSeq + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await headerFrom(middle);
    if (found === undefined || found.sentAt >= since) high = middle;
    else low = found.seq + 1;
  }
  return low;

  async function headerFrom(seq: number) {
    return (await messages.headers(conversationId, { after: seq - 1, limit: 1 })).headers[0];
  }
}
