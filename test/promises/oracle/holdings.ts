export type HoldTarget =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'conversation'; readonly conversationId: string };

/** Which legal holds have been answered to be held, and not yet been asked to be released. */
export type Holding = {
  placed(target: HoldTarget, at: number): void;
  released(target: HoldTarget): void;
  isHeld(what: { readonly from: string; readonly conversationId?: string }, at: number): boolean;
  all(): readonly HoldTarget[];
};

export function holdings(): Holding {
  const holds = new Map<string, { readonly target: HoldTarget; readonly since: number }>();
  const keyOf = (target: HoldTarget) =>
    target.kind === 'user' ? `user ${target.userId}` : `conversation ${target.conversationId}`;
  return {
    placed: (target, since) => void holds.set(keyOf(target), { target, since }),
    released: (target) => void holds.delete(keyOf(target)),
    isHeld({ from, conversationId }, at) {
      const keys = [`user ${from}`, `conversation ${conversationId}`];
      return keys.some((key) => (holds.get(key)?.since ?? Number.POSITIVE_INFINITY) <= at);
    },
    all: () => [...holds.values()].map(({ target }) => target),
  };
}
