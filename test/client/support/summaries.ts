import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';

type FakeConversation = { readonly members: readonly string[]; readonly lastSeq: number };

/** What `hello` tells a user of the conversations; nothing is ever read here. */
export function summariesOf(
  user: string,
  conversations: ReadonlyMap<string, FakeConversation>,
): readonly ConversationSummary[] {
  return [...conversations]
    .filter(([, { members }]) => members.includes(user))
    .map(([conversationId, { members, lastSeq }]) => ({
      conversationId,
      kind: conversationId.startsWith('d') ? 'direct' : 'group',
      ...(conversationId.startsWith('d') && { members }),
      lastSeq,
      readSeq: 0,
      unread: lastSeq,
    }));
}
