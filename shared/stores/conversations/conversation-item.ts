import type { Conversation, Head, Member } from './conversation.ts';
import { decodeRetryMark } from './retry-mark.ts';

export type Item = Record<string, unknown>;

export const headEntry = 'head';
const memberPrefix = 'member#';
export const memberEntry = (userId: string): string => `${memberPrefix}${userId}`;

/** `head` sorts before `member#…`, so that a first page always holds it. */
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
