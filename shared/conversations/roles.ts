import type { Member, Role } from '../stores/conversations/conversation.ts';

export type Roles = Readonly<Record<string, Role>>;

/**
 * Whose group it is: who has been made its owner and, where nobody is that any more, the admin who came first, else the member who
 * did. So a group that an earlier release has made, which names no owner, has one too.
 */
export function ownerOf(members: Iterable<Member>): string | undefined {
  const all = [...members];
  const owner = all.find(({ role }) => role === 'owner');
  if (owner !== undefined) return owner.userId;
  const admins = all.filter(({ role }) => role === 'admin');
  return (admins.length > 0 ? admins : all).toSorted(compareComing)[0]?.userId;
}

/** Of those who have one. */
export function rolesOf(members: Iterable<Member>): Roles {
  const all = [...members];
  const owner = ownerOf(all);
  return Object.fromEntries(
    all.flatMap(({ userId, role }) => {
      if (userId === owner) return [[userId, 'owner']];
      return role === undefined ? [] : [[userId, role]];
    }),
  );
}

/** Who were there from the start by their ids: nobody of them came before another. */
export function compareComing(one: Member, other: Member): number {
  const byEvent = (one.joinedSeq ?? 0) - (other.joinedSeq ?? 0);
  return byEvent !== 0 ? byEvent : one.userId < other.userId ? -1 : 1;
}
