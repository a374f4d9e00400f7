import type { Groups } from '../configuration/groups.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import { ownerOf } from './roles.ts';

/** Who pins in a group; in a room it is always who leads it. */
export type PinsInGroups = Groups['pin'];

/** Whether a member may pin messages there, and take pins away: of two people both, whoever pinned it. */
export function mayPin({ head, members }: Conversation, userId: string, pin: PinsInGroups): boolean {
  if (head.kind === 'direct' || (head.kind === 'group' && pin === 'members')) return true;
  return members.get(userId)?.role === 'admin' || ownerOf(members.values()) === userId;
}
