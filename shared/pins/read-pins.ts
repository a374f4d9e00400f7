import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
  spanOf,
} from '../conversations/authorize-reader.ts';
import { pageBytes } from '../messages/page-bytes.ts';
import type { MarkOwn } from '../messages/read-history.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { HistoryResult } from '../protocol/messages/table.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Message } from '../stores/messages/message.ts';
import { isShownTo } from '../stores/messages/message-header.ts';
import type { PinStore } from '../stores/pins/pin-store.ts';
import type { Clock } from '../time.ts';
import { type PinsLeftDeps, pinsLeft } from './pins-left.ts';

export type ReadPinsDeps = AuthorizeReaderDeps &
  PinsLeftDeps & {
    readonly conversations: Pick<ConversationStore, 'readMember' | 'readFormer' | 'readHead'>;
    readonly pins: Pick<PinStore, 'readPins'>;
    readonly markOwn: MarkOwn;
    readonly now: Clock;
  };

/** Read at once; a reply is one frame, which some three of the longest messages fill. */
const readAtOnce = 10;
/** What reactions say to their reader alone, at most, and a comma. */
const ownBytes = 3 * 64;

/** The pinned messages that this reader may read, the newest pin first; `before` is the number of the change by which one was pinned. */
export async function readPins(
  deps: ReadPinsDeps,
  userId: string,
  { conversationId, before = Number.MAX_SAFE_INTEGER, limit }: ReadPinsFrame,
): Promise<HistoryResult> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  const [head, list] = await Promise.all([
    deps.conversations.readHead(conversationId),
    deps.pins.readPins(conversationId),
  ]);
  if (head === undefined || hasEnded(head, deps.now())) throw new ProtocolError('NOT_FOUND');
  const bounds = { firstSeq: spanOf(ranges).from, lastSeq: head.lastSeq };
  const meant = list.pins.filter(({ seq, rev }) => rev < before && isReadableBy(ranges, seq)).toReversed();
  const messages: Message[] = [];
  const reacted = new Set<number>();
  let bytes = 0;
  let reached: number | undefined;
  for (let from = 0; from < meant.length; from += readAtOnce) {
    const left = await pinsLeft(deps, conversationId, meant.slice(from, from + readAtOnce));
    for (const { header, message, pin } of left) {
      if (!isShownTo(header, userId)) continue;
      bytes += Buffer.byteLength(JSON.stringify(message)) + (header.reacted === true ? ownBytes : 1);
      const isFull = messages.length === limit || (bytes > pageBytes && messages.length > 0);
      if (isFull) return page({ next: reached });
      messages.push(message);
      reached = pin.rev;
      if (header.reacted === true) reacted.add(header.seq);
    }
  }
  return page({});

  async function page({ next }: { readonly next?: number | undefined }): Promise<HistoryResult> {
    const marked = await deps.markOwn({ userId, conversationId }, messages, reacted);
    return { ...bounds, messages: marked, ...(next !== undefined && { next }) };
  }
}

export type ReadPinsFrame = {
  readonly conversationId: string;
  readonly before: number | undefined;
  readonly limit: number;
};
