import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';

type FakeConversation = { readonly members: readonly string[]; readonly lastSeq: number };

const kinds = new Map<string, ConversationSummary['kind']>([
  ['d-', 'direct'],
  ['r-', 'room'],
]);

/** What `hello` tells a user of the conversations; nothing is ever read here. */
export function summariesOf(
  user: string,
  conversations: ReadonlyMap<string, FakeConversation>,
): readonly ConversationSummary[] {
  return [...conversations]
    .filter(([, { members }]) => members.includes(user))
    .map(([conversationId, { members, lastSeq }]) => ({
      conversationId,
      kind: kinds.get(conversationId.slice(0, 2)) ?? 'group',
      members: members.map((userId) => ({ userId, role: 'member' })),
      memberCount: members.length,
      lastSeq,
      readSeq: 0,
      unread: lastSeq,
      mentions: 0,
      role: 'member',
      joinedSeq: 0,
    }));
}
