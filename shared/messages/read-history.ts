import type { Limits } from '../configuration/limits.ts';
import { type AuthorizeMemberDeps, authorizeMember } from '../conversations/authorize-member.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { HistoryFrame } from '../protocol/messages/frames.ts';
import type { HistoryResult } from '../protocol/messages/table.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Clock } from '../time.ts';

export type ReadHistoryDeps = AuthorizeMemberDeps & {
  readonly messages: Pick<MessageStore, 'readable'>;
  readonly conversations: Pick<ConversationStore, 'readHead' | 'keepMember'>;
  readonly limits: Pick<Limits, 'historyPage'>;
  readonly retention: AskRetention;
  readonly now: Clock;
};

/** The reply is one frame, which API Gateway cuts at 32 KB: a page ends before it. */
const pageBytes = 30_000;

/** Ascending, whichever way it is paged; without bounds the newest page. */
export async function readHistory(
  deps: ReadHistoryDeps,
  userId: string,
  frame: HistoryFrame,
): Promise<HistoryResult> {
  const { conversationId, after, before, limit = deps.limits.historyPage } = frame;
  const member = await authorizeMember(deps, conversationId, userId);
  const [head, firstSeq, page] = await Promise.all([
    deps.conversations.readHead(conversationId),
    firstReadable(deps, conversationId),
    readPage(deps, conversationId, { after, before, limit: Math.min(limit, deps.limits.historyPage) }),
  ]);
  if (head === undefined || hasEnded(head, deps.now())) throw new ProtocolError('NOT_FOUND');
  // A message may be stored and the head not yet know its number.
  const lastSeq = Math.max(head.lastSeq, page.messages.at(-1)?.seq ?? 0);
  // Who reads a message has come.
  if (lastSeq > 0 && member.expiresAt !== undefined)
    await deps.conversations.keepMember(conversationId, userId);
  return {
    messages: page.messages,
    firstSeq: firstSeq ?? lastSeq + 1,
    lastSeq,
    ...(page.next !== undefined && { next: page.next }),
  };
}

type PageRequest = {
  readonly after: number | undefined;
  readonly before: number | undefined;
  readonly limit: number;
};

async function readPage(
  deps: ReadHistoryDeps,
  conversationId: string,
  { after, before, limit }: PageRequest,
): Promise<{ messages: readonly Message[]; next?: number }> {
  const newestFirst = after === undefined;
  const messages: Message[] = [];
  let bytes = 0;
  let edge = newestFirst ? before : after;
  for (;;) {
    const range = newestFirst ? { ...(edge !== undefined && { before: edge }) } : { after: edge ?? 0 };
    // One more than the page takes: only that one tells whether there is a next page.
    const most = limit - messages.length + 1;
    const page = await deps.messages.readable(
      conversationId,
      { ...range, limit: most, newestFirst },
      deps.retention,
    );
    for (const message of page.messages) {
      bytes += Buffer.byteLength(JSON.stringify(message)) + 1;
      const full = messages.length === limit || (bytes > pageBytes && messages.length > 0);
      if (full) return cut(messages, newestFirst);
      messages.push(message);
    }
    if (!page.more) return { messages: newestFirst ? messages.reverse() : messages };
    edge = page.reached ?? edge;
  }
}

/** `next` goes on where the page ended: `before` it when paging back, `after` it when paging forward. */
function cut(messages: Message[], newestFirst: boolean): { messages: readonly Message[]; next?: number } {
  const next = messages.at(-1)?.seq;
  return { messages: newestFirst ? messages.reverse() : messages, ...(next !== undefined && { next }) };
}

async function firstReadable(deps: ReadHistoryDeps, conversationId: string): Promise<number | undefined> {
  let after = 0;
  for (let limit = 1; ; limit = 100) {
    const { messages, reached, more } = await deps.messages.readable(
      conversationId,
      { after, limit },
      deps.retention,
    );
    if (messages[0] !== undefined || !more) return messages[0]?.seq;
    after = reached ?? after;
  }
}
