import { type FanOutMessageDeps, fanOutMessage, recipients } from '../push/fan-out-message.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { RetryJob } from '../stores/queue/retry-job.ts';

export type RetryPushDeps = FanOutMessageDeps & {
  readonly messages: Pick<MessageStore, 'get'>;
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly retention: AskRetention;
};

/** True when nothing is left to do: pushed, or the message, the conversation or the connection is no more. */
export async function retryPush(
  deps: RetryPushDeps,
  { conversationId, seq, connectionIds }: RetryJob,
): Promise<boolean> {
  const [message, conversation] = await Promise.all([
    deps.messages.get(conversationId, seq, deps.retention),
    deps.conversations.read(conversationId),
  ]);
  if (message === undefined || conversation === undefined) return true;
  const open = await recipients(deps, conversation);
  const wanted =
    connectionIds === undefined ? open : open.filter((each) => connectionIds.includes(each.connectionId));
  return (await fanOutMessage(deps, wanted, message)).length === 0;
}
