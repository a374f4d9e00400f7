import { retentionOf } from '../messages/message-builder.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Review } from '../review/review.ts';
import type { Recent } from '../runtime/recent.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { dueExpiry } from '../stores/conversations/purge-mark.ts';
import type { RoomNumber, RoomStore } from '../stores/conversations/room-store.ts';
import { expiryOf, type Placed } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Watch } from '../stores/live/watch.ts';
import type { WatchStore } from '../stores/live/watch-store.ts';
import type { Message, SendRequest } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { RoomLogStore } from '../stores/messages/room-log-store.ts';
import type { BatchQueue } from '../stores/queue/job-queue.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';
import type { RoomSendStore } from '../stores/sends/room-send-store.ts';
import type { SendStore } from '../stores/sends/send-store.ts';
import type { Clock, EpochMillis } from '../time.ts';
import { jobsFor } from './room-parts.ts';

export type SendToRoomDeps = {
  readonly watches: Pick<WatchStore, 'find'>;
  /** Those who have just written there, by what their row said: it is read anew, beside the rest. */
  readonly writers: Recent<Watch>;
  readonly conversations: Pick<ConversationStore, 'scheduleExpiry'>;
  readonly rooms: Pick<RoomStore, 'takeNumber'>;
  readonly messages: Pick<MessageStore, 'append' | 'headers'>;
  readonly log: Pick<RoomLogStore, 'fence'>;
  readonly sends: Pick<SendStore, 'claim'> & RoomSendStore;
  readonly jobs: Pick<BatchQueue<RoomJob>, 'addAll'>;
  readonly retentionSeconds: number;
  readonly retention: AskRetention;
  readonly now: Clock;
  /** Of the sender; rejects with CONSENT_REQUIRED. */
  readonly consented: Promise<unknown>;
  /** Undefined where the operator has none. */
  readonly review: Review | undefined;
};

export type TakenNumber = RoomNumber & Placed;

export async function takeNumber(
  deps: Pick<SendToRoomDeps, 'rooms' | 'retentionSeconds'>,
  { conversationId }: Pick<SendRequest, 'conversationId'>,
  own: number | undefined,
  at: EpochMillis,
): Promise<TakenNumber | undefined> {
  const endOf = (sentAt: EpochMillis) => expiryOf(sentAt, retentionOf(deps, own));
  const taken = await deps.rooms.takeNumber(conversationId, at, endOf);
  return taken && { ...taken, expiresAt: endOf(taken.sentAt) };
}

/** The sweeper is told before there is anything to delete. */
export async function store(
  deps: Pick<SendToRoomDeps, 'conversations' | 'messages'>,
  head: Head,
  message: Message,
  watch: Pick<Watch, 'held'>,
): Promise<void> {
  const due = dueExpiry(head, message);
  if (due !== undefined) await deps.conversations.scheduleExpiry(head.conversationId, due);
  const held = head.held === true || watch.held === true;
  // Closed by whoever found nothing there for longer than a send lasts: a repeat takes another number.
  if ((await deps.messages.append(message, held)) !== undefined) throw new ProtocolError('CONFLICT');
}

/** One call to the queue, however many parts there are. */
export async function tellParts(
  { jobs }: Pick<SendToRoomDeps, 'jobs'>,
  { conversationId, liveShards: shards = 1 }: Head,
): Promise<void> {
  await jobs.addAll(jobsFor({ conversationId, shards }, { from: 0, to: shards }), 0, conversationId);
}

/** Nothing is stored under it: false when something is. */
export async function closeNumber(
  { log }: Pick<SendToRoomDeps, 'log'>,
  { conversationId }: Pick<SendRequest, 'conversationId'>,
  { seq, sentAt, expiresAt }: Placed,
): Promise<boolean> {
  return log.fence({ conversationId, seq, sentAt, expiresAt });
}
