import { type KeepConversationDeps, keepConversation } from '../conversations/keep-conversation.ts';
import { retentionOf } from '../messages/message-builder.ts';
import { scheduleEarlierExpiry, scheduleExpiry } from '../messages/schedule-expiry.ts';
import type { ChatEvent } from '../protocol/messages/table.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { type Message, newMessage } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { recordEnd } from '../stores/sends/send-store.ts';
import type { Clock, EpochMillis, EpochSeconds } from '../time.ts';

/** What it takes to put an event at the next number of a conversation. */
export type PlaceEventDeps = {
  readonly conversations: Pick<ConversationStore, 'scheduleExpiry'> & KeepConversationDeps;
  /** Undefined where messages are not stored. */
  readonly messages: Pick<MessageStore, 'headers'> | undefined;
  readonly retention: AskRetention;
  readonly retentionSeconds: number;
  readonly now: Clock;
};

export type Tail = { readonly seq: number; readonly sentAt: number; readonly expiresAt?: number };

/** The newest number that is taken. */
export async function tailOf(
  { messages }: Pick<PlaceEventDeps, 'messages'>,
  { head }: Conversation,
): Promise<Tail> {
  const { conversationId, lastSeq: after, lastSentAt: sentAt } = head;
  const newer = await messages?.headers(conversationId, { after, limit: 1, newestFirst: true });
  return newer?.headers[0] ?? { seq: after, sentAt };
}

export type Said = {
  readonly conversationId: string;
  readonly id: string;
  readonly from: string;
  readonly event: ChatEvent;
};

/** As it is to be at the next number. */
export function buildEvent(
  deps: Pick<PlaceEventDeps, 'now' | 'retentionSeconds'>,
  { head }: Conversation,
  { event: content, from, ...said }: Said,
  tail: Tail,
): Message {
  const sentAt = Math.max(deps.now(), tail.sentAt) as EpochMillis;
  const expiresAt = expiryOf(sentAt, retentionOf(deps, head.retention));
  return newMessage(from, { action: 'send', ...said, content }, { seq: tail.seq + 1, sentAt, expiresAt });
}

/** As before any message: the sweeper knows of it, and the conversation stays. */
export async function prepareEvent(
  deps: PlaceEventDeps,
  conversation: Conversation,
  message: Message,
  tail: Tail,
): Promise<void> {
  const { head } = conversation;
  // Known to all functions before anything is stamped by it.
  await deps.retention();
  if (deps.messages !== undefined) {
    await scheduleExpiry(deps.conversations, head, () => message);
    if (tail.expiresAt !== undefined && message.expiresAt < tail.expiresAt)
      await scheduleEarlierExpiry(deps.conversations, head)(message, tail.expiresAt as EpochSeconds);
  }
  await keepConversation(deps.conversations, conversation, message.from, message);
}

/** Until when a repeat of the act that made it is known as one. */
export function recordEndOf(
  { retentionSeconds }: Pick<PlaceEventDeps, 'retentionSeconds'>,
  { sentAt }: Message,
): EpochSeconds {
  return recordEnd({ claimedAt: sentAt, expiresAt: expiryOf(sentAt, retentionSeconds) });
}
