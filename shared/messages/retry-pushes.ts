import { type FanOutMessageDeps, fanOutMessage, recipients } from '../push/fan-out-message.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { RetryJob } from '../stores/queue/retry-job.ts';
import { readersOf } from './follow-members.ts';

export type RetryPushesDeps = FanOutMessageDeps & {
  readonly messages: Pick<MessageStore, 'get' | 'headers'>;
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly retention: AskRetention;
  readonly retries: JobQueue<RetryJob>;
};

/** After the first try of the queue, and only one more: whoever is out of reach for longer resumes by `hello` and `history`. */
const secondTrySeconds = 10;

/**
 * Pushes what earlier pushes of one conversation did not reach. Each connection gets the newest message of them only: its
 * number tells a client what it has missed, and a slow client is not given more than it takes. What is out of reach still
 * comes once more, alone, and is then given up.
 */
export async function retryPushes(
  deps: RetryPushesDeps,
  conversationId: string,
  jobs: readonly RetryJob[],
): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  if (conversation === undefined) return;
  const open = await recipients(deps, conversation);
  const tried = new Set<string>();
  for (const { seq, connectionIds, isLast } of jobs.toSorted((one, other) => other.seq - one.seq)) {
    const message = await deps.messages.get(conversationId, seq, deps.retention, 'anyone');
    if (message === undefined) continue;
    const hiddenFor = await whoMayNotSee(deps, conversation, seq);
    const { members: readers } = readersOf(conversation, seq);
    const wanted = open.filter(
      (each) =>
        readers.has(each.userId) &&
        !tried.has(each.connectionId) &&
        !hiddenFor.includes(each.userId) &&
        connectionIds?.includes(each.connectionId) !== false,
    );
    for (const each of wanted) tried.add(each.connectionId);
    const left = await fanOutMessage(deps, wanted, message);
    if (left.length === 0 || isLast === true) continue;
    const again = { conversationId, seq, connectionIds: left.map(({ connectionId }) => connectionId) };
    await deps.retries.add({ ...again, isLast: true }, secondTrySeconds, conversationId);
  }
}

/** As it was written, whoever has unblocked since. In a group that is nobody. */
async function whoMayNotSee(
  { messages }: Pick<RetryPushesDeps, 'messages'>,
  { head: { conversationId, kind } }: Conversation,
  seq: number,
): Promise<readonly string[]> {
  if (kind !== 'direct') return [];
  const { headers } = await messages.headers(conversationId, { after: seq - 1, before: seq + 1, limit: 1 });
  return headers[0]?.hiddenFor ?? [];
}
