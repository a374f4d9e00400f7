/** Who sees it takes it away after some seconds without another. */
const everyMs = 3_000;

/** Tells that the person is writing, as often as needed and no oftener. */
export function typingNotices(
  now: () => number,
  tell: (conversationId: string) => Promise<unknown>,
): (conversationId: string) => void {
  const told = new Map<string, number>();
  return (conversationId) => {
    if (now() - (told.get(conversationId) ?? -everyMs) < everyMs) return;
    told.set(conversationId, now());
    // Too late to be told again: what is lost is a hint.
    tell(conversationId).catch(() => undefined);
  };
}
