import type { Typing } from '../../server-frame.ts';

/** Who is writing, as far as they said so lately. */
export type Writers = {
  heard(typing: Typing): void;
  /** What they were writing has come. */
  spoke(conversationId: string, userId: string): void;
  /** Such as `bob is writing…`; undefined where nobody is. */
  words(conversationId: string): string | undefined;
};

/** They say it again every three seconds while they go on. */
const lastsMs = 6_000;

export function writers(now: () => number): Writers {
  const until = new Map<string, { readonly conversationId: string; readonly userId: string; end: number }>();
  const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`;
  return {
    heard({ conversationId, userId }) {
      until.set(keyOf(conversationId, userId), { conversationId, userId, end: now() + lastsMs });
    },
    spoke: (conversationId, userId) => void until.delete(keyOf(conversationId, userId)),
    words(conversationId) {
      const names = [...until.values()]
        .filter((each) => each.conversationId === conversationId && each.end > now())
        .map(({ userId }) => userId);
      if (names.length === 0) return undefined;
      if (names.length > 2) return `${names.length} people are writing…`;
      return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} writing…`;
    },
  };
}
