import type { Conversation, Head, Member } from './conversation.ts';
import { decodeRetryMark } from './retry-mark.ts';

export type Item = Record<string, unknown>;

/** `head` sorts before `member#…`, so that a first page always holds it. */
const headEntry = 'head';

/** The one row of a conversation that says what it is. */
export const headKey = (conversationId: string) => ({ conversationId, entry: headEntry });
/** The row of one of its members. */
export const memberKey = (conversationId: string, userId: string) => ({
  conversationId,
  entry: `member#${userId}`,
});

export function toHead(item: Item): Head {
  const { entry: _entry, contested, ...head } = item;
  const retryMarks = contested instanceof Set ? [...contested].map(decodeRetryMark) : [];
  return { ...head, retryMarks } as unknown as Head;
}

export function toMember(item: Item): Member {
  const { userId, readSeq, suspended, held, engaged } = item;
  return {
    userId: String(userId),
    readSeq: typeof readSeq === 'number' ? readSeq : 0,
    suspended: suspended === true,
    ...(held === true && { held }),
    ...(engaged === true && { engaged }),
  };
}

export function toConversation(items: readonly Item[]): Conversation | undefined {
  const head = items.find(({ entry }) => entry === headEntry);
  if (head === undefined) return undefined;
  const members = items.filter(({ entry }) => entry !== headEntry).map(toMember);
  return { head: toHead(head), members: new Map(members.map((member) => [member.userId, member])) };
}
