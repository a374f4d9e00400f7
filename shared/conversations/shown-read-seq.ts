import type { Member } from '../stores/conversations/conversation.ts';
import type { Mark } from '../stores/conversations/mark.ts';

/**
 * How far this viewer may know that the member has read; undefined: nothing of it. What the member has read since they hid it is
 * known to nobody else, and what others knew before stays.
 */
export function shownReadSeq(
  { userId, readSeq, shownReadSeq: shown }: Member,
  viewer: { readonly userId: string; readonly hides: readonly Mark[] },
): number | undefined {
  if (userId === viewer.userId) return readSeq;
  if (viewer.hides.includes('read') || shown === 0) return undefined;
  return shown ?? readSeq;
}
