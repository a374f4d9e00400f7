import { type EpochMillis, type EpochSeconds, epochMillis } from '../../time.ts';
import type { Conversation, Head, Member, ReadReceipt } from './conversation.ts';
import { hasEnded, type RowEnd } from './conversation-end.ts';
import { type Mark, markAttributes } from './mark.ts';
import { isRetryAttribute, retryMarksOf } from './retry-mark.ts';

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
  const { entry: _entry, expiresAt: _, heldExpiresAt: _held, ...rest } = item;
  const head = Object.fromEntries(Object.entries(rest).filter(([name]) => !isRetryAttribute(name)));
  return { ...head, ...endOf(item), retryMarks: retryMarksOf(item) } as unknown as Head;
}

/** `suspended`, which releases before 0.2 wrote at a withdrawal, says nothing any more: the ledger is asked. */
export function toMember(item: Item): Member {
  const { userId, readSeq, deliveredSeq, held, engaged } = item;
  const readReceipt = receiptOf(item, 'read');
  const deliveryReceipt = receiptOf(item, 'delivered');
  return {
    userId: String(userId),
    readSeq: typeof readSeq === 'number' ? readSeq : 0,
    ...(held === true && { held }),
    ...(engaged === true && { engaged }),
    ...(readReceipt && { readReceipt }),
    ...(typeof deliveredSeq === 'number' && { deliveredSeq }),
    ...(deliveryReceipt && { deliveryReceipt }),
    ...endOf(item),
  };
}

function receiptOf(item: Item, mark: Mark): ReadReceipt | undefined {
  const { toldSeq, nextAt } = markAttributes[mark];
  const seq = item[toldSeq];
  return typeof seq === 'number' ? { seq, nextAt: epochMillis(Number(item[nextAt])) } : undefined;
}

/** Without the rows that have ended: of those the head is the conversation. */
export function toConversation(items: readonly Item[], now: EpochMillis): Conversation | undefined {
  const item = items.find(({ entry }) => entry === headEntry);
  const head = item && toHead(item);
  if (head === undefined || hasEnded(head, now)) return undefined;
  const members = items
    .filter(({ entry }) => entry !== headEntry)
    .map(toMember)
    .filter((member) => !hasEnded(member, now));
  return { head, members: new Map(members.map((member) => [member.userId, member])) };
}

/** Held or not. */
function endOf({ expiresAt, heldExpiresAt }: Item): RowEnd {
  const end = expiresAt ?? heldExpiresAt;
  return typeof end === 'number' ? { expiresAt: end as EpochSeconds } : {};
}
