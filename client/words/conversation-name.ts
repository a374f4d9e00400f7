import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import { personName } from './person-name.ts';

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** For whoever has erased the account. */
export const deletedUser = 'Deleted user';

/** What a person calls a conversation: the other one's name, or the group's title. Never its id, which says nothing. */
export function conversationName(
  { kind, members = [], title }: Pick<ConversationSummary, 'kind' | 'members' | 'title'>,
  me: string | undefined,
): string {
  if (kind !== 'direct' && title !== undefined && visible.test(title)) return title;
  if (kind !== 'direct') return kind === 'room' ? 'Room' : 'Group without a title';
  const other = members.find(({ userId }) => userId !== me)?.userId;
  if (other !== undefined) return personName(other);
  // Who is alone in a direct chat is left over.
  return members.length > 0 ? deletedUser : 'Direct chat';
}
