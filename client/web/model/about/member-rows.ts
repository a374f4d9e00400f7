import { personName } from '../../../words/person-name.ts';

export type GroupRole = 'owner' | 'admin' | 'member';

export type ShownMember = { readonly userId: string; readonly role: GroupRole };

/** What can be done about a member, as the button for it says. */
export type MemberAct = 'admin' | 'member' | 'owner' | 'remove' | 'block' | 'unblock';

export type MemberRow = {
  readonly key: string;
  readonly name: string;
  /** Beside the name: what they are in the group. */
  readonly note: string;
  readonly acts: readonly MemberAct[];
};

export const actWords: Readonly<Record<MemberAct, string>> = {
  admin: 'Make admin',
  member: 'Take admin away',
  owner: 'Hand the group over',
  remove: 'Remove',
  block: 'Block',
  unblock: 'Unblock',
};

const roleWords: Readonly<Record<GroupRole, string>> = { owner: 'owner', admin: 'admin', member: '' };

/** The members of a group, oneself first, then those who lead it, each with what one may do about them. */
export function memberRows(
  members: readonly ShownMember[],
  me: ShownMember,
  blocked: ReadonlySet<string>,
): readonly MemberRow[] {
  const rank = ({ userId, role }: ShownMember) =>
    userId === me.userId ? 0 : 1 + ['owner', 'admin', 'member'].indexOf(role);
  return members
    .toSorted((a, b) => rank(a) - rank(b))
    .map((member) => {
      const { userId, role } = member;
      const notes = [
        userId === me.userId ? 'you' : '',
        roleWords[role],
        blocked.has(userId) ? 'blocked by you' : '',
      ];
      return {
        key: userId,
        name: personName(userId),
        note: notes.filter((note) => note !== '').join(', '),
        acts: userId === me.userId ? [] : actsOn(member, me.role, blocked.has(userId)),
      };
    });
}

/** As the server allows it, which has the last word. */
function actsOn({ role }: ShownMember, mine: GroupRole, isBlocked: boolean): readonly MemberAct[] {
  const others: readonly MemberAct[] = [isBlocked ? 'unblock' : 'block'];
  if (mine === 'owner') return [role === 'admin' ? 'member' : 'admin', 'owner', 'remove', ...others];
  return mine === 'admin' && role === 'member' ? ['remove', ...others] : others;
}
