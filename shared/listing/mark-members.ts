import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { dayOf } from '../stores/personal/recent-store.ts';
import type { RecentJob } from '../stores/queue/recent-job.ts';
import type { Clock } from '../time.ts';
import { markRecent, type NoteRecentDeps, settleRecent } from './note-recent.ts';

export type MarkMembersDeps = NoteRecentDeps & {
  readonly conversations: Pick<ConversationStore, 'read' | 'markRecent'>;
  readonly now: Clock;
};

/**
 * What `noteRecent` has left to the queue. The marks are of now, by which a list that is under way finds what has moved; of two at
 * a time, or of one that comes once more, each leaves one too many at most.
 */
export async function markMembers(
  deps: MarkMembersDeps,
  { conversationId, recentOn }: RecentJob,
): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  const before = conversation?.head.recentOn;
  if (conversation === undefined || (before !== undefined && before >= recentOn)) return;
  const userIds = [...conversation.members.keys()];
  const at = deps.now();
  await markRecent(deps, userIds, conversationId, at);
  await settleRecent(deps, userIds, { conversationId, day: dayOf(at), before });
}
