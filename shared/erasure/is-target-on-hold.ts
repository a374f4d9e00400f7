import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { ErasureKey } from '../stores/privacy/erasure-request.ts';
import type { Holds } from '../stores/privacy/holds.ts';

export type IsTargetOnHoldDeps = { readonly conversations: Pick<ConversationStore, 'readMemberships'> };

/** Whether a legal hold in force touches what the erasure means. */
export async function isTargetOnHold(
  { conversations }: IsTargetOnHoldDeps,
  holds: Holds,
  { userId, target }: ErasureKey,
): Promise<boolean> {
  if (holds.users.has(userId)) return true;
  if (target.scope === 'profile') return false;
  if (target.scope !== 'account') return holds.conversations.has(target.conversationId);
  if (holds.conversations.size === 0) return false;
  return (await conversations.readMemberships(userId, [...holds.conversations])).length > 0;
}
