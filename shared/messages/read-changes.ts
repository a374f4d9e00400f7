import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
  spanOf,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { HistoryResult } from '../protocol/messages/table.ts';
import type { Change } from '../stores/changes/change.ts';
import type { ChangeStore } from '../stores/changes/change-store.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { LastRevStore } from '../stores/conversations/last-rev-store.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { ExactMessageStore } from '../stores/messages/exact-message-store.ts';
import type { Message } from '../stores/messages/message.ts';
import { isShownTo } from '../stores/messages/message-header.ts';
import type { Clock } from '../time.ts';
import type { MarkOwn } from './read-history.ts';

export type ReadChangesDeps = AuthorizeReaderDeps & {
  readonly conversations: Pick<ConversationStore, 'readMember' | 'readFormer' | 'readHead'>;
  readonly changes: Pick<ChangeStore, 'list'>;
  readonly exactMessages: ExactMessageStore;
  readonly lastRevs: LastRevStore;
  readonly retention: AskRetention;
  readonly now: Clock;
  readonly markOwn?: MarkOwn;
};

/** Who is further behind reads the messages again: that is no more to read. */
const mostBehind = 500;
const page = 50;
/** The reply is one frame of 32 KB, as a page of messages is. */
const pageBytes = 30_000;
const entryBytes = 60;

type Entry = NonNullable<HistoryResult['changes']>[number];

/**
 * What has become of messages behind a number of the changes: their numbers, and how those that the reader may read are now. A number
 * that the head does not know, since whoever took it has died, is made known.
 */
export async function readChanges(
  deps: ReadChangesDeps,
  userId: string,
  { conversationId, changedAfter }: { readonly conversationId: string; readonly changedAfter: number },
): Promise<HistoryResult> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  // The head first: what it knows has been written when the changes are read.
  const head = await deps.conversations.readHead(conversationId);
  if (head === undefined || hasEnded(head, deps.now())) throw new ProtocolError('NOT_FOUND');
  const { changes, more } = await deps.changes.list(conversationId, changedAfter, page);
  const reached = changes.at(-1)?.rev ?? changedAfter;
  const lastRev = Math.max(head.lastRev ?? 0, changes.at(-1)?.rev ?? 0);
  const answer = { firstSeq: spanOf(ranges).from, lastSeq: head.lastSeq, lastRev };
  if (!more && changes.length > 0 && reached > (head.lastRev ?? 0))
    await deps.lastRevs.advanceLastRev(conversationId, reached);
  const isWhole = changes.every(({ rev }, index) => rev === changedAfter + 1 + index);
  const isUpToDate = changes.length > 0 || changedAfter === lastRev;
  if (!isWhole || !isUpToDate || lastRev - changedAfter > mostBehind)
    return { ...answer, messages: [], reload: true };

  const newest = newestOf(changes);
  const readable = new Set([...newest.keys()].filter((seq) => isReadableBy(ranges, seq)));
  const erased = new Set(changes.flatMap(({ kind, seqs: gone }) => (kind === 'erase' ? gone : [])));
  const left = [...readable].filter((seq) => !erased.has(seq));
  const present = await readPresent(deps, userId, conversationId, left);
  const entries: Entry[] = [];
  const messages: Message[] = [];
  let bytes = 0;
  for (const { rev, kind, seqs: changed } of changes) {
    const meant = changed.filter((seq) => readable.has(seq) && newest.get(seq) === rev);
    const found = meant.flatMap((seq) => present.get(seq) ?? []);
    bytes +=
      meant.length * entryBytes + found.reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
    if (bytes > pageBytes && rev > changedAfter + 1)
      return { ...answer, messages, changes: entries, next: rev - 1 };
    // Of what they may not read now they learn that it is gone, and not why.
    for (const seq of meant) entries.push({ rev, seq, kind: present.has(seq) ? kind : 'erase' });
    messages.push(...found);
  }
  return { ...answer, messages, changes: entries, ...(more && { next: reached }) };
}

/** By message the number of its last change. */
function newestOf(changes: readonly Change[]): ReadonlyMap<number, number> {
  return new Map(changes.flatMap(({ rev, seqs }) => seqs.map((seq) => [seq, rev])));
}

/** Those that this reader may read in this instant. */
async function readPresent(
  { exactMessages, retention, markOwn }: Pick<ReadChangesDeps, 'exactMessages' | 'retention' | 'markOwn'>,
  userId: string,
  conversationId: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, Message>> {
  const found = await exactMessages.readExactly(conversationId, seqs);
  const ruling = await retention();
  const shown = found.filter(({ header }) => isReadable(header, ruling) && isShownTo(header, userId));
  const messages = shown.map(({ message }) => message).toSorted((one, other) => one.seq - other.seq);
  const reacted = new Set(shown.flatMap(({ header }) => (header.reacted === true ? [header.seq] : [])));
  const marked =
    markOwn === undefined ? messages : await markOwn({ userId, conversationId }, messages, reacted);
  return new Map(marked.map((message) => [message.seq, message]));
}
