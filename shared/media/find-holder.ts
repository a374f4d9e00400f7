import { findEarlier } from '../messages/find-earlier.ts';
import type { MediaRecord } from '../stores/media/media-record.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type FindHolderDeps = { readonly messages: Pick<MessageStore, 'headers'> };

/** The clocks of two functions may differ by that much. */
const skewMillis = 60_000;

/** The message that an upload went into. A send that was repeated with other media still has that of its first attempt. */
export async function findHolder(
  { messages }: FindHolderDeps,
  { conversationId, mediaId, owner, sendId, createdAt }: MediaRecord,
): Promise<MessageHeader | undefined> {
  if (sendId === undefined) return undefined;
  const send = { from: owner, id: sendId, claimedAt: createdAt - skewMillis };
  const { found } = await findEarlier(messages, conversationId, send);
  return found?.mediaId === mediaId ? found : undefined;
}
