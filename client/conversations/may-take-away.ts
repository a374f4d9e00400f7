import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';

/**
 * Whether one may have taken away what somebody else has written there, as far as the list says who is what: the server has the last
 * word.
 */
export function mayTakeAway(
  { kind, role, members = [] }: Pick<ConversationSummary, 'kind' | 'role' | 'members'>,
  author: string,
): boolean {
  if (kind === 'direct') return false;
  if (role === 'owner') return true;
  const theirs = members.find(({ userId }) => userId === author)?.role ?? 'member';
  return role === 'admin' && theirs === 'member';
}
