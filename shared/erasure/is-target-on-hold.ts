import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { ErasureKey } from '../stores/privacy/erasure-request.ts';
import type { AskHolds, HoldStore } from '../stores/privacy/hold-store.ts';

export type IsTargetOnHoldDeps = {
  readonly holds: Pick<HoldStore, 'among'>;
  readonly conversations: Pick<ConversationStore, 'listIds'>;
};

/** One call asks for as many holds. */
const pageSize = 100;
/** Of an account that is in more conversations than these pages hold, the erasure itself meets the holds of the others. */
const mostPages = 4;

/** Whether a legal hold in force touches what the erasure means, as far as can be said at once. */
export async function isTargetOnHold(
  { holds, conversations }: IsTargetOnHoldDeps,
  { userId, target }: ErasureKey,
): Promise<boolean> {
  const own = 'conversationId' in target ? [target.conversationId] : [];
  if (await isAnyOnHold(holds.among, userId, own)) return true;
  if (target.scope !== 'account') return false;
  let after: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { ids, next } = await conversations.listIds(userId, pageSize, after);
    if (ids.length > 0 && (await holds.among({ conversations: ids })).conversations.size > 0) return true;
    if (next === undefined) return false;
    after = next;
  }
  return false;
}

export async function isAnyOnHold(
  askHolds: AskHolds,
  userId: string | undefined,
  conversations: readonly string[],
): Promise<boolean> {
  const holds = await askHolds({ users: userId === undefined ? [] : [userId], conversations });
  return holds.users.size + holds.conversations.size > 0;
}
