import type { Conversation } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { dayOf, type RecentStore } from '../stores/personal/recent-store.ts';
import type { EpochMillis, EpochSeconds } from '../time.ts';

export type MarkRecentDeps = {
  readonly recent: Pick<RecentStore, 'mark'>;
  /** The longest that anything written is kept. */
  readonly retentionSeconds: number;
};

export type NoteRecentDeps = MarkRecentDeps & {
  readonly recent: Pick<RecentStore, 'mark' | 'unmark'>;
  readonly conversations: Pick<ConversationStore, 'markRecent'>;
};

const daySeconds = 86_400;

/** What is to be done beside the message, or after it. */
type Settle = () => Promise<void>;
const nothing: Settle = async () => undefined;

/**
 * Before the first message of a day is stored, each member's list is told of the conversation; the others of that day write
 * nothing. The new mark stands before the head says so, and before the old one goes: after a crash there is one too many.
 */
export async function noteRecent(
  deps: NoteRecentDeps,
  { head: { conversationId, recentOn }, members }: Conversation,
  at: EpochMillis,
): Promise<Settle> {
  const day = dayOf(at);
  if (recentOn !== undefined && recentOn >= day) return nothing;
  const userIds = [...members.keys()];
  await markRecent(deps, userIds, conversationId, at);
  return async () => {
    await deps.conversations.markRecent(conversationId, day);
    if (recentOn !== undefined) await deps.recent.unmark(userIds, { conversationId, day: recentOn });
  };
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
