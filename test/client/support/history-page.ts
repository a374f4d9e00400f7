import type { HistoryFrame } from '../../../shared/protocol/messages/frames.ts';
import type { HistoryResult, MessageBody } from '../../../shared/protocol/messages/table.ts';

/** What the server answers to `history`: ascending, `next` going on in the direction of the paging. */
export function historyPage(
  readable: readonly MessageBody[],
  lastSeq: number,
  { after, before }: HistoryFrame,
  limit: number,
): HistoryResult {
  const firstSeq = readable[0]?.seq ?? lastSeq + 1;
  const forward = after !== undefined;
  const rest = readable.filter(({ seq }) =>
    forward ? seq > after : seq < (before ?? Number.POSITIVE_INFINITY),
  );
  const messages = forward ? rest.slice(0, limit) : rest.slice(-limit);
  const next = (forward ? messages.at(-1) : messages[0])?.seq;
  return { messages, firstSeq, lastSeq, ...(rest.length > limit && next !== undefined && { next }) };
}
