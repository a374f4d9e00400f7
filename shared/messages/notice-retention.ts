import type { Head } from '../stores/conversations/conversation.ts';
import { expiryOf } from '../stores/expiry/expiry.ts';
import type { EpochMillis } from '../time.ts';
import { retentionOf, type SendMessageDeps } from './message-builder.ts';

/**
 * Tells everybody of the retention that this function was deployed with, where the conversation's last message was stamped by
 * another one. What is stamped for longer than what is in force would otherwise end by that one, until somebody reads. The head
 * says it, so that a message in a conversation that goes on costs no call for this.
 */
export async function noticeRetention(
  deps: Pick<SendMessageDeps, 'retention' | 'retentionSeconds'>,
  { lastSentAt, lastExpiresAt, retention: own }: Head,
): Promise<void> {
  const seconds = retentionOf(deps, own);
  if (lastExpiresAt !== expiryOf(lastSentAt as EpochMillis, seconds)) await deps.retention();
}
