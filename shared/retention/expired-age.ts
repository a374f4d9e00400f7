import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';

/**
 * For how many seconds the oldest expired thing has been there, 0 when nothing is. The index holds lower bounds, so
 * it may say more than is so, never less.
 */
export async function oldestExpiredItemAge(
  conversations: Pick<ConversationStore, 'earliestBounds'>,
  retentionSeconds: number,
  now: Clock,
): Promise<number> {
  const { nextPurgeAt, purgeFrom } = await conversations.earliestBounds();
  const ends: EpochSeconds[] = [];
  if (nextPurgeAt !== undefined) ends.push(nextPurgeAt);
  if (purgeFrom !== undefined) ends.push(expiryOf(purgeFrom, retentionSeconds));
  return Math.max(0, ...ends.map((end) => epochSeconds(now()) - end));
}
