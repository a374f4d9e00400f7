import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import type { MembersChange } from '../wire/server-frame.ts';

/** A list names the members of no larger group. */
const mostListed = 32;

/** What the list says of a group after its members have changed. */
export function afterChange(
  { members, memberCount }: ConversationSummary,
  { added, removed, roles }: MembersChange,
): Partial<ConversationSummary> {
  // Of a larger one only the number is kept up.
  if (members === undefined || members.length < memberCount)
    return { memberCount: Math.max(0, memberCount + added.length - removed.length) };
  const known = new Set(members.map(({ userId }) => userId));
  const come = added
    .filter((userId) => !known.has(userId))
    .map((userId) => ({ userId, role: 'member' }) as const);
  const now = [...members, ...come]
    .filter(({ userId }) => !removed.includes(userId))
    .map((member) => ({ ...member, role: roles[member.userId] ?? member.role }));
  return { members: now.slice(0, mostListed), memberCount: now.length };
}
