import type { HeldIn } from '../stores/privacy/erasure-request.ts';
import type { Holds } from '../stores/privacy/holds.ts';

/** What a request may list; of a user whom more orders touch everything is taken for held. */
const most = 1000;

export function addHeld(before: HeldIn, holds: Holds, userId: string, conversationId: string): HeldIn {
  if (before === 'everywhere' || holds.users.has(userId)) return 'everywhere';
  if (before.includes(conversationId)) return before;
  return before.length < most ? [...before, conversationId] : 'everywhere';
}

export function isHeldIn(heldIn: HeldIn | undefined, conversationId: string): boolean {
  return heldIn === 'everywhere' || heldIn?.includes(conversationId) === true;
}
