import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { dueExpiry } from '../stores/conversations/purge-mark.ts';
import type { Message } from '../stores/messages/message.ts';
import type { EpochMillis } from '../time.ts';
import type { OnEarlierEnd } from './append-message.ts';

export type Build = (seq: number, notBefore: EpochMillis) => Message;

/** The message at the first number that the head does not know. */
export function firstOf(build: Build, { lastSeq, lastSentAt }: Head): Message {
  return build(lastSeq + 1, lastSentAt as EpochMillis);
}

type Schedules = Pick<ConversationStore, 'scheduleExpiry'>;

/** The head does not know of the message in front, which a crash or a send under way has left there. */
export function scheduleEarlierExpiry(conversations: Schedules, head: Head): OnEarlierEnd {
  return async (message, lastExpiresAt) => {
    const needed = dueExpiry({ ...head, lastExpiresAt }, message);
    if (needed !== undefined) await conversations.scheduleExpiry(head.conversationId, needed);
  };
}

/** Before the message is stored, so that the sweeper finds it whatever becomes of this invocation. */
export async function scheduleExpiry(conversations: Schedules, head: Head, build: Build): Promise<void> {
  const needed = dueExpiry(head, firstOf(build, head));
  if (needed !== undefined) await conversations.scheduleExpiry(head.conversationId, needed);
}
