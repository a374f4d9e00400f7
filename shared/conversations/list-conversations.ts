import type { ConversationSummary, ConversationsResult } from '../protocol/server-frames.ts';
import type { Membership, MembershipStore } from './membership-store.ts';

export type ListConversationsDeps = {
  readonly memberships: Pick<MembershipStore, 'page' | 'read'>;
  readonly pageSize: number;
};

/**
 * A page of the user's conversations, and beyond it those of `cursors` in which something has happened since:
 * what a client that resumes has to fetch.
 */
export async function listConversations(
  deps: ListConversationsDeps,
  userId: string,
  { after, cursors = {} }: { after?: string; cursors?: Readonly<Record<string, number>> },
): Promise<ConversationsResult> {
  const { ids, next } = await deps.memberships.page(userId, deps.pageSize, after);
  const onPage = new Set(ids);
  const elsewhere = Object.keys(cursors).filter((id) => !onPage.has(id));
  const memberships = await deps.memberships.read(userId, [...ids, ...elsewhere]);
  const wanted = memberships.filter(
    ({ head }) => onPage.has(head.conversationId) || head.lastSeq > (cursors[head.conversationId] ?? 0),
  );
  return { conversations: wanted.map(summary), ...(next !== undefined && { next }) };
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
