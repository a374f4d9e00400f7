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

/** Of all holds those that are not being released. */
export function holdsInForce(
  all: Iterable<{ readonly state: 'held' | 'releasing'; readonly target: HoldTarget }>,
): Holds {
  const users = new Set<string>();
  const conversations = new Set<string>();
  for (const { state, target } of all) {
    if (state !== 'held') continue;
    if (target.kind === 'user') users.add(target.userId);
    else conversations.add(target.conversationId);
  }
  return { users, conversations };
}
