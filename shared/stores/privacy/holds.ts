/** Whoever and whatever a legal hold keeps in place: neither purged nor erased until it is lifted. */
export type Holds = { readonly users: ReadonlySet<string>; readonly conversations: ReadonlySet<string> };

export type HoldTarget =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'conversation'; readonly conversationId: string };

/** A hold on a user keeps what that user has written and says of themselves; one on a conversation, all that is in it. */
export function isOnHold(holds: Holds, userId: string | undefined, conversationId?: string): boolean {
  return (
    (userId !== undefined && holds.users.has(userId)) ||
    (conversationId !== undefined && holds.conversations.has(conversationId))
  );
}
