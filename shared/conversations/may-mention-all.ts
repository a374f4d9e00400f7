import type { Groups } from '../configuration/groups.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import { ownerOf } from './roles.ts';

export type MentionAll = Groups['mentionAll'];

/** Whether a member may call everybody: in a group its owner and admins, unless the operator lets all. Of two nobody is called by it who is not anyway. */
export function mayMentionAll(
  { head, members }: Conversation,
  userId: string,
  mentionAll: MentionAll,
): boolean {
  if (head.kind === 'direct' || mentionAll === 'members') return true;
  return members.get(userId)?.role === 'admin' || ownerOf(members.values()) === userId;
}
