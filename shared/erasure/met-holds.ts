import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';
import type { AskHolds } from '../stores/privacy/hold-store.ts';
import { isAnyOnHold } from './is-target-on-hold.ts';

/** As many as one call asks for, beside the user's own. */
const most = 99;

/** Asks, and notes which conversations on hold it has met: those are asked for by key while the erasure waits. */
export function notingHolds(askHolds: AskHolds, met: Set<string>): AskHolds {
  return async (asked) => {
    const holds = await askHolds(asked);
    for (const id of holds.conversations) met.add(id);
    return holds;
  };
}

export function addMet(before: readonly string[] = [], met: ReadonlySet<string>): readonly string[] {
  return [...new Set([...before, ...met])].slice(0, most);
}

/**
 * Whether a hold that the last pass has met is still in force. Once none is, another pass finds what else may be held. An earlier
 * release has noted none.
 */
export async function isStillHeld(
  askHolds: AskHolds,
  {
    userId,
    target,
    isModeration,
    heldAuthor,
    heldConversations = [],
  }: Pick<ErasureRequest, 'userId' | 'target' | 'isModeration' | 'heldAuthor' | 'heldConversations'>,
): Promise<boolean> {
  const own = 'conversationId' in target ? [target.conversationId] : heldConversations;
  return isAnyOnHold(askHolds, isModeration === true ? heldAuthor : userId, own);
}
