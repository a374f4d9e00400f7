import type { Head } from '../stores/conversations/conversation.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { firstSentSince, surelyEndedBefore } from './first-sent-since.ts';

type ReadableFloorDeps = {
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly retention: AskRetention;
};

/** The number below which nothing can be read any more. */
export async function readableFloor(
  { messages, retention }: ReadableFloorDeps,
  conversationId: string,
  head: Head | undefined,
): Promise<number> {
  if (head === undefined) return 1;
  const since = surelyEndedBefore(await retention(), head.retention);
  return firstSentSince(messages, conversationId, since, head.lastSeq);
}
