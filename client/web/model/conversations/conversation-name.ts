import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** What a person calls a conversation: the other one's name, or the group's title. */
export function conversationName(
  { kind, members = [], title }: Pick<ConversationSummary, 'kind' | 'members' | 'title'>,
  me: string,
): string {
  if (kind === 'group') return title !== undefined && visible.test(title) ? title : 'Group without a title';
  // Who is alone in a direct chat is left over: the other one has erased the account.
  const other = members.find(({ userId }) => userId !== me)?.userId;
  return other ?? (members.length > 0 ? 'Erased account' : 'Direct chat');
}
