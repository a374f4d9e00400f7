import type { ConversationSummary, ConversationsResult } from '../protocol/server-frames.ts';
import type { Membership, MembershipStore } from './membership-store.ts';

export type ListConversationsDeps = {
  readonly memberships: Pick<MembershipStore, 'page' | 'read'>;
  readonly pageSize: number;
};

/** The reply is one frame of at most 32 KB, in which `hello` says more than this. */
const resultBytes = 28_000;

/** What one `hello` looks up beyond its page: four read units. */
const mostElsewhere = 100;

/**
 * A page of the user's conversations, and beyond it, as far as a frame holds them, those of `cursors` in which
 * something has happened since. Whatever does not fit is on the pages that follow.
 */
export async function listConversations(
  deps: ListConversationsDeps,
  userId: string,
  { after, cursors = {} }: { after?: string; cursors?: Readonly<Record<string, number>> },
): Promise<ConversationsResult> {
  const { ids, next } = await deps.memberships.page(userId, deps.pageSize, after);
  const onPage = new Set(ids);
  const elsewhere = Object.keys(cursors)
    .filter((id) => !onPage.has(id))
    .slice(0, mostElsewhere);
  const memberships = await deps.memberships.read(userId, [...ids, ...elsewhere]);
  const wanted = memberships.filter(
    ({ head }) => onPage.has(head.conversationId) || head.lastSeq > (cursors[head.conversationId] ?? 0),
  );
  return { conversations: fitting(wanted.map(summary)), ...(next !== undefined && { next }) };
}

/** The page itself always fits: 50 summaries of at most 500 bytes. */
function fitting(summaries: readonly ConversationSummary[]): readonly ConversationSummary[] {
  let bytes = 0;
  return summaries.filter((each) => {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    return bytes <= resultBytes;
  });
}

function summary({ head, member }: Membership): ConversationSummary {
  const { conversationId, kind, title, pair, lastSeq } = head;
  return {
    conversationId,
    kind,
    ...(title !== undefined && { title }),
    ...(pair !== undefined && { members: pair }),
    lastSeq,
    readSeq: member.readSeq,
    unread: Math.max(0, lastSeq - member.readSeq),
  };
}
