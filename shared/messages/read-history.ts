import type { Limits } from '../configuration/limits.ts';
import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
  type ReadableRange,
  spanOf,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { HistoryFrame } from '../protocol/messages/frames.ts';
import type { HistoryResult } from '../protocol/messages/table.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Clock } from '../time.ts';
import { cutAtOpen } from './cut-at-open.ts';
import { pageBytes } from './page-bytes.ts';
import { readableFloor } from './readable-floor.ts';
import { sendMillis } from './room-numbers.ts';

/** What the reader themselves has given to those of the messages that somebody has reacted to, whose numbers are told. */
export type MarkOwn = (
  reader: { readonly userId: string; readonly conversationId: string },
  messages: readonly Message[],
  reacted: ReadonlySet<number>,
) => Promise<readonly Message[]>;

export type ReadHistoryDeps = AuthorizeReaderDeps & {
  readonly messages: Pick<MessageStore, 'readable' | 'headers'>;
  readonly conversations: Pick<ConversationStore, 'readHead' | 'keepMember'>;
  readonly markOwn?: MarkOwn;
  readonly limits: Pick<Limits, 'historyPage'>;
  readonly retention: AskRetention;
  readonly now: Clock;
};

/** Ascending, whichever way it is paged; without bounds the newest page. */
export async function readHistory(
  deps: ReadHistoryDeps,
  userId: string,
  frame: HistoryFrame,
): Promise<HistoryResult> {
  const { conversationId, after, before, limit = deps.limits.historyPage } = frame;
  const { member, ranges } = await authorizeReader(deps, conversationId, userId);
  const span = spanOf(ranges);
  const reading = deps.conversations.readHead(conversationId);
  // Known by the second page at the earliest: where nothing has ended nobody waits for it.
  const floor = reading.then(async (head) =>
    Math.max(span.from, await readableFloor(deps, conversationId, head)),
  );
  const [head, firstSeq, page] = await Promise.all([
    reading,
    floor.then(async (from) => firstReadable(deps, { userId, conversationId }, from, ranges)),
    readMarkedPage(
      deps,
      { userId, conversationId },
      { after, before, limit: Math.min(limit, deps.limits.historyPage), ranges },
      floor,
    ),
  ]);
  if (head === undefined || hasEnded(head, deps.now())) throw new ProtocolError('NOT_FOUND');
  if (isRoomId(conversationId)) return roomPage(deps, frame, head, page, firstSeq);
  // A message may be stored and the head not yet know its number.
  const lastSeq = Math.min(span.to, Math.max(head.lastSeq, page.messages.at(-1)?.seq ?? 0));
  // Who reads a message has come.
  if (lastSeq > 0 && member?.expiresAt !== undefined)
    await deps.conversations.keepMember(conversationId, userId);
  return {
    messages: page.messages,
    firstSeq: firstSeq ?? lastSeq + 1,
    lastSeq,
    ...(page.next !== undefined && { next: page.next }),
  };
}

/** Numbers are given out before their messages are stored: the page and its last number end before one that may still come. */
async function roomPage(
  deps: ReadHistoryDeps,
  { conversationId, after }: HistoryFrame,
  head: Head,
  { messages: found, next }: Page,
  firstSeq: number | undefined,
): Promise<HistoryResult> {
  const messages = await cutAtOpen(deps.messages, conversationId, found, after, deps.now());
  const isCut = messages.length < found.length;
  const reached = messages.at(-1)?.seq ?? Math.min(after ?? 0, head.lastSeq);
  const isYoung = deps.now() - head.lastSentAt < sendMillis;
  const lastSeq = isCut || (isYoung && next === undefined) ? reached : Math.max(head.lastSeq, reached);
  return {
    messages,
    firstSeq: firstSeq ?? lastSeq + 1,
    lastSeq,
    ...(next !== undefined && !isCut && { next }),
  };
}

/** So much of what cannot be read a page may pass over; what is behind it is on the next. */
const mostPages = 10;
/** What is erased has no text, so that many of it are in one call. */
const widest = 1_000;

/** Who reads what. */
type Place = { readonly userId: string; readonly conversationId: string };
type Page = {
  readonly messages: readonly Message[];
  readonly next?: number;
};

type PageRequest = {
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly limit: number;
  readonly ranges: readonly ReadableRange[];
};

/** What reactions say to their reader alone, at most: three of which each is `"own":true`, or one that only they know of. */
const ownBytes = 3 * 64;

async function readMarkedPage(
  deps: ReadHistoryDeps,
  place: Place,
  request: PageRequest,
  floor: Promise<number>,
): Promise<Page> {
  const reacted = new Set<number>();
  const page = await readPage(deps, place, request, floor, reacted);
  return deps.markOwn === undefined
    ? page
    : { ...page, messages: await deps.markOwn(place, page.messages, reacted) };
}

async function readPage(
  deps: ReadHistoryDeps,
  { userId, conversationId }: Place,
  { after, before, limit, ranges }: PageRequest,
  floor: Promise<number>,
  reacted: Set<number>,
): Promise<Page> {
  const newestFirst = after === undefined;
  const span = spanOf(ranges);
  const behind = span.to === Number.MAX_SAFE_INTEGER ? undefined : span.to + 1;
  const messages: Message[] = [];
  let bytes = 0;
  let edge = newestFirst ? earlier(before, behind) : after;
  // One more than the page takes: only that one tells whether there is a next page.
  let most = limit + 1;
  for (let pages = 1; ; pages += 1) {
    const from = pages > 1 ? (await floor) - 1 : span.from > 1 ? span.from - 1 : undefined;
    const range = newestFirst
      ? { ...(edge !== undefined && { before: edge }), ...(from !== undefined && { after: from }) }
      : { after: Math.max(edge ?? 0, from ?? 0), ...(behind !== undefined && { before: behind }) };
    const page = await deps.messages.readable(
      conversationId,
      { ...range, limit: most, newestFirst },
      deps.retention,
      { userId },
    );
    for (const seq of page.reacted) reacted.add(seq);
    for (const message of page.messages.filter(({ seq }) => isReadableBy(ranges, seq))) {
      bytes += Buffer.byteLength(JSON.stringify(message)) + (reacted.has(message.seq) ? ownBytes : 1);
      const full = messages.length === limit || (bytes > pageBytes && messages.length > 0);
      if (full) return cut(messages, newestFirst);
      messages.push(message);
    }
    edge = page.reached ?? edge;
    if (!page.more) return { messages: newestFirst ? messages.reverse() : messages };
    if (pages === mostPages)
      return { ...cut(messages, newestFirst), ...(edge !== undefined && { next: edge }) };
    most = page.messages.length > 0 ? limit - messages.length + 1 : Math.min(most * 2, widest);
  }
}

const earlier = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);

/** `next` goes on where the page ended: `before` it when paging back, `after` it when paging forward. */
function cut(messages: Message[], newestFirst: boolean): { messages: readonly Message[]; next?: number } {
  const next = messages.at(-1)?.seq;
  return { messages: newestFirst ? messages.reverse() : messages, ...(next !== undefined && { next }) };
}

async function firstReadable(
  deps: ReadHistoryDeps,
  { userId, conversationId }: Place,
  floor: number,
  ranges: readonly ReadableRange[],
): Promise<number | undefined> {
  let after = floor - 1;
  for (let pages = 1, limit = 1; ; pages += 1, limit = Math.min(limit * 10, widest)) {
    const { messages, reached, more } = await deps.messages.readable(
      conversationId,
      { after, limit },
      deps.retention,
      { userId },
    );
    const first = messages.find(({ seq }) => isReadableBy(ranges, seq));
    if (first !== undefined || !more) return first?.seq;
    after = reached ?? after;
    if (pages === mostPages) return after + 1;
  }
}
