import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';

/** What a person calls a conversation: the other one's name, or the group's title. */
export function conversationName(
  { kind, members = [], title }: Pick<ConversationSummary, 'kind' | 'members' | 'title'>,
  me: string,
): string {
  if (kind === 'group') return title ?? 'Group without a title';
  return members.find((member) => member !== me) ?? members[0] ?? 'Direct chat';
}
