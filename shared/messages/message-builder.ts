import type { KeepConversationDeps } from '../conversations/keep-conversation.ts';
import type { MentionAll } from '../conversations/may-mention-all.ts';
import type { NoteRecentLaterDeps } from '../listing/note-recent.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import type { FanOutMessageDeps, Sender } from '../push/fan-out-message.ts';
import type { CheckPartnerDeps } from '../reach/check-partner.ts';
import type { Review } from '../review/review.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { expiryOf, type Placed } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { type Message, newMessage, type SendRequest } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { RetryJob } from '../stores/queue/retry-job.ts';
import type { SendStore } from '../stores/sends/send-store.ts';
import type { EpochMillis } from '../time.ts';
import type { Appended, AppendMessageDeps } from './append-message.ts';
import type { Sockets } from './read-ahead.ts';
import type { Build } from './schedule-expiry.ts';

export type SendMessageDeps = FanOutMessageDeps &
  CheckPartnerDeps &
  AppendMessageDeps & {
    readonly messages: Pick<MessageStore, 'append' | 'headers' | 'get'>;
    readonly conversations: Pick<
      ConversationStore,
      | 'read'
      | 'advanceLastSeq'
      | 'scheduleExpiry'
      | 'markRetry'
      | 'clearRetries'
      | 'markEngaged'
      | 'markRecent'
      | 'noteRecentAsked'
    > &
      KeepConversationDeps;
    readonly recent: NoteRecentLaterDeps['recent'];
    readonly recentJobs: NoteRecentLaterDeps['recentJobs'];
    readonly sends: Pick<SendStore, 'claim' | 'recordResult'>;
    readonly retries: JobQueue<RetryJob>;
    readonly retentionSeconds: number;
    readonly mentionAll: MentionAll;
    /** Of the sender, with sockets that were read in the same call; rejects with CONSENT_REQUIRED. */
    readonly consented?: Promise<Sockets | undefined>;
    /** For a repeat, which pushes what was stored before; and to tell of another one than the last message was stamped by. */
    readonly retention: AskRetention;
    /** Undefined where the operator has none. */
    readonly review: Review | undefined;
  };

/** The message as it is at a number: never older than its claim or than the message before it. */
export function messageBuilder(
  deps: Pick<SendMessageDeps, 'retentionSeconds'>,
  { userId }: Sender,
  frame: SendRequest,
  head: Head,
  claimedAt: EpochMillis,
): Build {
  const retention = retentionOf(deps, head.retention);
  return (seq, notBefore) => {
    const sentAt = Math.max(claimedAt, notBefore) as EpochMillis;
    const placed: Placed = { seq, sentAt, expiresAt: expiryOf(sentAt, retention) };
    return newMessage(userId, frame, placed);
  };
}

/** The shorter one of the deployment's and the conversation's own. */
export function retentionOf(
  { retentionSeconds }: Pick<SendMessageDeps, 'retentionSeconds'>,
  own: number | undefined,
): number {
  return Math.min(retentionSeconds, own ?? retentionSeconds);
}

/** With what it says now, where that is not what was asked for. */
export function sendResult({ message, duplicate }: Appended, asked?: SendRequest): SendResult {
  const { conversationId, seq, sentAt, expiresAt } = message;
  return {
    conversationId,
    seq,
    sentAt,
    expiresAt,
    stored: true,
    ...(duplicate && { duplicate: true as const }),
    ...changedFrom(asked, duplicate ? undefined : message),
  };
}

export function changedFrom(
  asked: Pick<SendRequest, 'content'> | undefined,
  placed: Partial<Pick<Message, 'content'>> | undefined,
): Pick<SendResult, 'content'> {
  const content = placed?.content;
  return asked === undefined || content === undefined || content === asked.content ? {} : { content };
}
