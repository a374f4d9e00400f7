import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type AskRetention, retentionEnd } from '../stores/expiry/retention.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';

/**
 * For how many seconds the oldest expired thing has been there, 0 when nothing is. The index holds lower bounds, so
 * it may say more than is so, never less.
 */
export async function oldestExpiredItemAge(
  conversations: Pick<ConversationStore, 'earliestBounds'>,
  retention: AskRetention,
): Promise<number> {
  const { nextPurgeAt, purgeFrom } = await conversations.earliestBounds();
  const ruling = await retention();
  const ends: EpochSeconds[] = [];
  if (nextPurgeAt !== undefined) ends.push(nextPurgeAt);
  if (purgeFrom !== undefined) ends.push(retentionEnd(purgeFrom, ruling));
  return Math.max(0, ...ends.map((end) => epochSeconds(ruling.now) - end));
}
