import type { Typing } from '../../../wire/server-frame.ts';
import { personName } from '../../../words/person-name.ts';

/** Who is writing, as far as they said so lately. */
export type TypingUsers = {
  noteTyping(typing: Typing): void;
  /** What they were writing has come. */
  noteMessage(conversationId: string, userId: string): void;
  /** Such as `bob is writing…`; undefined where nobody is. */
  words(conversationId: string): string | undefined;
};

/** They say it again every three seconds while they go on. */
const lastsMs = 6_000;
/** A notice and the message that it was of may overtake each other. */
const overtakesMs = 1_500;

export function typingUsers(now: () => number): TypingUsers {
  const until = new Map<string, { readonly conversationId: string; readonly userId: string; end: number }>();
  const spokenAt = new Map<string, number>();
  const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`;
  return {
    noteTyping({ conversationId, userId }) {
      const key = keyOf(conversationId, userId);
      if (now() - (spokenAt.get(key) ?? -overtakesMs) < overtakesMs) return;
      until.set(key, { conversationId, userId, end: now() + lastsMs });
    },
    noteMessage(conversationId, userId) {
      const key = keyOf(conversationId, userId);
      until.delete(key);
      spokenAt.set(key, now());
    },
    words(conversationId) {
      const names = [...until.values()]
        .filter((each) => each.conversationId === conversationId && each.end > now())
        .map(({ userId }) => personName(userId));
      if (names.length === 0) return undefined;
      if (names.length > 2) return `${names.length} people are writing…`;
      return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} writing…`;
    },
  };
}
