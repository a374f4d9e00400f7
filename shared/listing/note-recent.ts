import { type Conversation, isLarge } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { dayOf, type RecentMark, type RecentStore } from '../stores/personal/recent-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { RecentJob } from '../stores/queue/recent-job.ts';
import type { Clock, EpochMillis, EpochSeconds } from '../time.ts';

export type MarkRecentDeps = {
  readonly recent: Pick<RecentStore, 'mark'>;
  /** The longest that anything written is kept. */
  readonly retentionSeconds: number;
};

export type NoteRecentDeps = MarkRecentDeps & {
  readonly recent: Pick<RecentStore, 'mark' | 'unmark'>;
  readonly conversations: Pick<ConversationStore, 'markRecent'>;
};

/** What may be left to a queue. */
export type NoteRecentLaterDeps = NoteRecentDeps & {
  readonly conversations: Pick<ConversationStore, 'markRecent' | 'noteRecentAsked'>;
  /** Undefined where messages are not stored, and there is none. */
  readonly recentJobs: JobQueue<RecentJob> | undefined;
  readonly now: Clock;
};

const daySeconds = 86_400;
/** By then a job has been done, or is given up: whoever writes then asks once more. */
const askedAgainMillis = 15 * 60_000;

/** What is to be done beside the message, or after it. */
type Settle = () => Promise<void>;
const nothing: Settle = async () => undefined;

/**
 * Before the first message of a day is stored, each member's list is told of the conversation; the others of that day write
 * nothing. The new mark stands before the head says so, and before the old one goes: after a crash there is one too many.
 * In a large group a queue does it, so that nobody waits for the marks of a thousand.
 */
export async function noteRecent(
  deps: NoteRecentLaterDeps,
  conversation: Conversation,
  at: EpochMillis,
): Promise<Settle> {
  const { conversationId, recentOn: before } = conversation.head;
  const day = dayOf(at);
  if (before !== undefined && before >= day) return nothing;
  if (isLarge(conversation) && deps.recentJobs !== undefined) return askLater(deps, conversation.head, day);
  const userIds = [...conversation.members.keys()];
  await markRecent(deps, userIds, conversationId, at);
  return async () => settleRecent(deps, userIds, { conversationId, day, before });
}

/** The job first: a crash before the head says so has it done twice. */
async function askLater(
  { recentJobs, conversations, now }: NoteRecentLaterDeps,
  { conversationId, recentAskedAt }: Conversation['head'],
  day: string,
): Promise<Settle> {
  const isAsked = recentAskedAt !== undefined && dayOf(recentAskedAt) >= day;
  if (isAsked && recentAskedAt > now() - askedAgainMillis) return nothing;
  await recentJobs?.add({ conversationId, recentOn: day }, 0, conversationId);
  return async () => conversations.noteRecentAsked(conversationId, now());
}

/** When the marks of that day stand. */
export async function settleRecent(
  { conversations, recent }: NoteRecentDeps,
  userIds: readonly string[],
  { conversationId, day, before }: RecentMark & { readonly before: string | undefined },
): Promise<void> {
  await conversations.markRecent(conversationId, day);
  if (before !== undefined) await recent.unmark(userIds, { conversationId, day: before });
}

/** Tells the lists of these people of a conversation: that is there from now on, or that they come to. */
export async function markRecent(
  { recent, retentionSeconds }: MarkRecentDeps,
  userIds: readonly string[],
  conversationId: string,
  at: EpochMillis,
): Promise<void> {
  const day = dayOf(at);
  const dayEnds = Date.parse(day) / 1000 + daySeconds;
  const expiresAt = (dayEnds + retentionSeconds + daySeconds) as EpochSeconds;
  await recent.mark(userIds, { conversationId, day, at, expiresAt });
}
