import type { Push } from '../protocol/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { Conversation, Member, ReadReceipt } from '../stores/conversations/conversation.ts';
import type { Mark } from '../stores/conversations/mark.ts';
import type { ReadReceiptStore } from '../stores/conversations/read-receipt-store.ts';
import { authorsOf } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { ReadReceiptJob } from '../stores/queue/read-receipt-job.ts';
import { epochMillis } from '../time.ts';

export type TellAuthorsDeps = FanOutToMembersDeps & {
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly readReceipts: Pick<ReadReceiptStore, 'take'>;
};

export type TellInTurnDeps = TellAuthorsDeps & {
  readonly readReceipts: ReadReceiptStore;
  readonly receiptJobs: JobQueue<ReadReceiptJob>;
};

/** How often a member of a large group tells the authors. */
const periodMillis = 5_000;

/** Of what was read the newest are looked at; whoever wrote only before them learns of it from nobody. */
const mostLookedAt = 100;

/**
 * Tells those who wrote what a member of a large group has read or got, once in a period; what comes in between is told of at its end,
 * by a job. Nobody else is told: in a group of a hundred each message would cost 9,900 pushes.
 */
export async function tellAuthorsInTurn(
  deps: TellInTurnDeps,
  mark: Mark,
  conversation: Conversation,
  member: Member,
  seq: number,
): Promise<void> {
  if (await tellAuthors(deps, mark, conversation, member, seq)) return;
  const { conversationId } = conversation.head;
  const { userId } = member;
  const receipt = receiptOf(member, mark);
  // Without one, somebody has told just now, by another device: the next place that is read has it.
  if (
    receipt === undefined ||
    !(await deps.readReceipts.plan({ conversationId, userId }, mark, receipt.nextAt))
  )
    return;
  const delay = Math.ceil(Math.max(0, receipt.nextAt - deps.now()) / 1000);
  const job = { conversationId, reader: userId, ...(mark !== 'read' && { mark }) };
  await deps.receiptJobs.add(job, delay, conversationId);
}

/** What the authors were told last. */
export function receiptOf({ readReceipt, deliveryReceipt }: Member, mark: Mark): ReadReceipt | undefined {
  return mark === 'read' ? readReceipt : deliveryReceipt;
}

/** False when it is not their turn. */
export async function tellAuthors(
  deps: TellAuthorsDeps,
  mark: Mark,
  { head: { conversationId }, members }: Conversation,
  member: Member,
  seq: number,
): Promise<boolean> {
  const now = deps.now();
  const { userId } = member;
  const receipt = receiptOf(member, mark);
  if (receipt !== undefined && receipt.nextAt > now) return false;
  const taken = { seq, nextAt: epochMillis(now + periodMillis) };
  if (!(await deps.readReceipts.take({ conversationId, userId }, mark, taken, now))) return false;
  const after = receipt?.seq ?? (mark === 'read' ? member.readSeq : (member.deliveredSeq ?? 0));
  const range = { after, before: seq + 1, limit: mostLookedAt, newestFirst: true };
  const { headers } = await deps.messages.headers(conversationId, range);
  const authors = authorsOf(headers).flatMap((author) => {
    const row = members.get(author);
    return row === undefined || author === userId ? [] : [[author, row] as const];
  });
  const push: Push = { type: mark, conversationId, userId, seq };
  const isSeen = ({ hides }: Connection) => hides?.includes(mark) !== true;
  await fanOutToMembers(deps, { members: new Map(authors) }, push, isSeen);
  return true;
}
