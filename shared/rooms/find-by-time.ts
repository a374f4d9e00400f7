import { firstSentSince } from '../messages/first-sent-since.ts';
import { sendMillis } from '../messages/room-numbers.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { SendId } from '../stores/sends/send-key.ts';
import { type EpochMillis, epochMillis } from '../time.ts';

export type Claimed = SendId & { readonly claimedAt: EpochMillis };

/** A send stores its message while it lasts, and clocks differ. */
const windowMillis = 2 * sendMillis;

const pageSize = 240;

/**
 * The message of a send by when it was claimed: times never fall with rising numbers, and a first attempt stores its message
 * within the life of a send, so that a search by halves finds where to look, and a short walk the message.
 */
export async function findByTime(
  messages: Pick<MessageStore, 'headers'>,
  { conversationId, id, from, claimedAt }: Claimed,
  lastSeq: number,
): Promise<MessageHeader | undefined> {
  const first = await firstSentSince(messages, conversationId, claimedAt, lastSeq);
  const until = epochMillis(claimedAt + windowMillis);
  for (let after = first - 1; ; ) {
    const { headers, more } = await messages.headers(conversationId, { after, limit: pageSize });
    const found = headers.find((header) => header.from === from && header.id === id);
    const last = headers.at(-1);
    if (found !== undefined || last === undefined || !more || last.sentAt > until) return found;
    after = last.seq;
  }
}
