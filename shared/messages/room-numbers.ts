import type { Head } from '../stores/conversations/conversation.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { EpochMillis } from '../time.ts';

/** A send lasts ten seconds at most: a number of a room that has no message by then gets none. */
export const sendMillis = 15_000;

/** What is stored may still be joined by a number in front of it, which was given out before. */
export function isYoung({ sentAt }: Pick<MessageHeader, 'sentAt'>, now: EpochMillis): boolean {
  return now - sentAt < sendMillis;
}

type Row = Pick<MessageHeader, 'seq' | 'sentAt'>;

/** The first number behind `after` that was given out, has no message, and may still get one: in front of which of the rows. */
export function firstOpen(
  rows: readonly Row[],
  after: number,
  now: EpochMillis,
): { readonly seq: number; readonly before: Row } | undefined {
  let expected = after + 1;
  for (const row of rows) {
    if (row.seq > expected && isYoung(row, now)) return { seq: expected, before: row };
    expected = row.seq + 1;
  }
  return undefined;
}

/** Up to it every number has its message, or gets none. `rows` are all that stand behind `after`. */
export function settledUpTo(
  rows: readonly Row[],
  after: number,
  { lastSeq, lastSentAt }: Pick<Head, 'lastSeq' | 'lastSentAt'>,
  now: EpochMillis,
): number {
  const open = firstOpen(rows, after, now);
  if (open !== undefined) return open.seq - 1;
  const last = Math.max(after, rows.at(-1)?.seq ?? 0);
  return last < lastSeq && now - lastSentAt < sendMillis ? last : Math.max(last, lastSeq);
}
