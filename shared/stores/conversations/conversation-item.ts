import { type EpochMillis, type EpochSeconds, epochMillis } from '../../time.ts';
import type {
  Conversation,
  FormerMember,
  Head,
  Member,
  ReadReceipt,
  Role,
  Stint,
  WaitingMember,
} from './conversation.ts';
import { hasEnded, type RowEnd } from './conversation-end.ts';
import { type Mark, markAttributes } from './mark.ts';
import { isRetryAttribute, retryMarksOf } from './retry-mark.ts';

export type Item = Record<string, unknown>;

/**
 * The entries of a conversation sort `former#…`, `head`, `member#…`, `pins`, `title#…`, `waiting#…`: a first page always holds the head, and who reads
 * head and members reads nobody else. Behind `#` comes `$`, which no entry has there: an id may begin with the highest character.
 */
const headEntry = 'head';
const behindMembers = 'member$';

/** For a query of the head and the members. */
export const headAndMembers = {
  KeyConditionExpression: 'conversationId = :id AND entry BETWEEN :head AND :behind',
  ExpressionAttributeValues: { ':head': headEntry, ':behind': behindMembers },
} as const;

/** What a row says its user is to the conversation. */
export type EntryKind = 'member' | 'former' | 'waiting';

export function kindOfEntry(entry: string): EntryKind {
  const [kind] = entry.split('#');
  return kind === 'former' || kind === 'waiting' ? kind : 'member';
}

/** A title is found by nobody's id: it has no `userId`. */
function entryOf(kind: EntryKind | 'title', name: string): string {
  return `${kind}#${name}`;
}

/** The one row of a conversation that says what it is. */
export const headKey = (conversationId: string) => ({ conversationId, entry: headEntry });
/** The row of one of its members. */
export const memberKey = (conversationId: string, userId: string) => ({
  conversationId,
  entry: entryOf('member', userId),
});
/** Of somebody who has left. */
export const formerKey = (conversationId: string, userId: string) => ({
  conversationId,
  entry: entryOf('former', userId),
});
/** Of somebody who was named and has not come. */
export const waitingKey = (conversationId: string, userId: string) => ({
  conversationId,
  entry: entryOf('waiting', userId),
});
/** Which of its messages are pinned. */
export const pinsKey = (conversationId: string) => ({ conversationId, entry: 'pins' });
/** What a group was called until the event of that number, where a hold keeps it. */
export const replacedTitleKey = (conversationId: string, seq: number) => ({
  conversationId,
  entry: entryOf('title', String(seq)),
});
/** Of a conversation all of these. */
export const replacedTitleEntries = {
  KeyConditionExpression: 'conversationId = :id AND begins_with(entry, :title)',
  ExpressionAttributeValues: { ':title': entryOf('title', '') },
} as const;
/** Of a conversation those who have left. */
export const formerEntries = {
  KeyConditionExpression: 'conversationId = :id AND begins_with(entry, :former)',
  ExpressionAttributeValues: { ':former': entryOf('former', '') },
} as const;
/** Of a conversation those who wait. */
export const waitingEntries = {
  KeyConditionExpression: 'conversationId = :id AND begins_with(entry, :waiting)',
  ExpressionAttributeValues: { ':waiting': entryOf('waiting', '') },
} as const;

export function toHead(item: Item): Head {
  const { entry: _entry, expiresAt: _, heldExpiresAt: _held, ...rest } = item;
  const head = Object.fromEntries(Object.entries(rest).filter(([name]) => !isRetryAttribute(name)));
  return { ...head, ...endOf(item), retryMarks: retryMarksOf(item) } as unknown as Head;
}

/** `suspended`, which releases before 0.2 wrote at a withdrawal, says nothing any more: the ledger is asked. */
export function toMember(item: Item): Member {
  const { userId, readSeq, held, engaged, shownReadSeq } = item;
  const readReceipt = receiptOf(item, 'read');
  const deliveryReceipt = receiptOf(item, 'delivered');
  const { role, joinedSeq, fromSeq, returned, mutedUntil, pinned, hidden, deliveredSeq, blocks } = item;
  return {
    userId: String(userId),
    readSeq: typeof readSeq === 'number' ? readSeq : 0,
    ...(held === true && { held }),
    ...(engaged === true && { engaged }),
    ...(typeof shownReadSeq === 'number' && { shownReadSeq }),
    ...(readReceipt && { readReceipt }),
    ...(deliveryReceipt && { deliveryReceipt }),
    ...((role === 'owner' || role === 'admin') && { role: role as Role }),
    ...(typeof joinedSeq === 'number' && { joinedSeq }),
    ...(typeof fromSeq === 'number' && { fromSeq }),
    ...(returned === true && { returned }),
    ...(typeof mutedUntil === 'number' && { mutedUntil: epochMillis(mutedUntil) }),
    ...(pinned === true && { pinned }),
    ...(hidden === true && { hidden }),
    ...(typeof deliveredSeq === 'number' && { deliveredSeq }),
    ...(blocks === true && { blocks }),
    ...endOf(item),
  };
}

function receiptOf(item: Item, mark: Mark): ReadReceipt | undefined {
  const { toldSeq, nextAt } = markAttributes[mark];
  const seq = item[toldSeq];
  return typeof seq === 'number' ? { seq, nextAt: epochMillis(Number(item[nextAt])) } : undefined;
}

export function toFormer(item: Item): FormerMember {
  const { userId, held, earlier } = item;
  return {
    userId: String(userId),
    ...toStint(item),
    ...(held === true && { held }),
    ...(Array.isArray(earlier) && { earlier: earlier.map(toStint) }),
    ...endOf(item),
  };
}

export function toWaiting(item: Item): WaitingMember {
  const { userId, by, fromSeq } = item;
  return {
    userId: String(userId),
    ...(typeof by === 'string' && { by }),
    ...(typeof fromSeq === 'number' && { fromSeq }),
    ...endOf(item),
  };
}

function toStint({ joinedSeq, leftSeq, fromSeq, toSeq }: Item): Stint {
  return {
    joinedSeq: Number(joinedSeq),
    leftSeq: Number(leftSeq),
    fromSeq: Number(fromSeq),
    toSeq: Number(toSeq),
  };
}

/** Without the rows that have ended: of those the head is the conversation. */
export function toConversation(items: readonly Item[], now: EpochMillis): Conversation | undefined {
  const item = items.find(({ entry }) => entry === headEntry);
  const head = item && toHead(item);
  if (head === undefined || hasEnded(head, now)) return undefined;
  const members = items
    .filter(({ entry }) => entry !== headEntry && kindOfEntry(String(entry)) === 'member')
    .map(toMember)
    .filter((member) => !hasEnded(member, now));
  return { head, members: new Map(members.map((member) => [member.userId, member])) };
}

/** Held or not. */
function endOf({ expiresAt, heldExpiresAt }: Item): RowEnd {
  const end = expiresAt ?? heldExpiresAt;
  return typeof end === 'number' ? { expiresAt: end as EpochSeconds } : {};
}
