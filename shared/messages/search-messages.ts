import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
  spanOf,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SearchFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import { folded, soughtTerms } from '../protocol/messages/searched-text.ts';
import type { MessageContent, SearchResult } from '../protocol/messages/table.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Clock } from '../time.ts';
import { pageBytes } from './page-bytes.ts';
import { readableFloor } from './readable-floor.ts';

export type SearchMessagesDeps = AuthorizeReaderDeps & {
  readonly messages: Pick<MessageStore, 'readable' | 'headers'>;
  readonly conversations: Pick<ConversationStore, 'readHead'>;
  readonly retention: AskRetention;
  readonly now: Clock;
};

const usualResults = 20;
/** What one frame looks through at most, whichever comes first: some 65 read units of it, and one page more. */
const mostMessages = 1_000;
const mostBytes = 256_000;
const messagesAtOnce = 200;

/**
 * Looks through the messages that this person may read, back from the newest. There is no index: it would be a second copy of
 * what everybody writes. What one frame does not get to is behind `next`, also where it has found nothing.
 */
export async function searchMessages(
  deps: SearchMessagesDeps,
  userId: string,
  { conversationId, text, before, limit = usualResults }: SearchFrame,
): Promise<SearchResult> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  const head = await deps.conversations.readHead(conversationId);
  if (head === undefined || hasEnded(head, deps.now())) throw new ProtocolError('NOT_FOUND');
  const span = spanOf(ranges);
  const floor = Math.max(span.from, await readableFloor(deps, conversationId, head));
  const isSought = matcher(text);
  const found: Message[] = [];
  let foundBytes = 0;
  let edge = Math.min(before ?? Number.MAX_SAFE_INTEGER, span.to + 1);
  for (let looked = 0, bytes = 0; ; looked += messagesAtOnce) {
    if (looked >= mostMessages || bytes >= mostBytes) return { messages: found, next: edge };
    const page = await deps.messages.readable(
      conversationId,
      { after: floor - 1, before: edge, limit: messagesAtOnce, newestFirst: true },
      deps.retention,
      { userId },
    );
    for (const message of page.messages) {
      const size = Buffer.byteLength(JSON.stringify(message)) + 1;
      bytes += size;
      if (!isReadableBy(ranges, message.seq) || !isSought(message.content)) continue;
      foundBytes += size;
      const last = found.at(-1);
      const isFull = found.length === limit || foundBytes > pageBytes;
      if (last !== undefined && isFull) return { messages: found, next: last.seq };
      found.push(message);
    }
    if (!page.more) return { messages: found };
    edge = page.reached ?? edge;
  }
}

/** Whether all that is sought stands in what somebody has written: a text, a caption or the name of a file. */
function matcher(text: string): (content: MessageContent) => boolean {
  const terms = soughtTerms(text);
  return (content) => {
    const written = folded(wordsOf(content));
    return terms.every((term) => written.includes(term));
  };
}

function wordsOf(content: MessageContent): string {
  if (content.type === 'text') return content.text;
  return isMediaContent(content) ? `${content.caption ?? ''}\n${content.name ?? ''}` : '';
}
