import { ownerOf } from '../conversations/roles.ts';
import type { MembersFrame } from '../protocol/conversations/frames.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { MembersEvent } from '../protocol/messages/table.ts';
import type { Conversation, Member, Role, WaitingMember } from '../stores/conversations/conversation.ts';

/** Who may add people: owner and admins, or everybody who is in. */
export type Invite = 'admins' | 'members';

/** What is asked for, with those who are to be added told apart. */
export type MembersAct = Pick<MembersFrame, 'add' | 'remove' | 'leave' | 'role' | 'close'> & {
  /** Of those added who have not agreed to take part yet. */
  readonly unready?: ReadonlySet<string>;
};

export type Situation = {
  readonly conversation: Conversation;
  readonly waiting: readonly WaitingMember[];
  readonly by: string;
  /** Whoever acts for the operator may do what the owner may, whether or not they are in it. */
  readonly asOperator?: true;
  readonly invite: Invite;
  readonly most: number;
};

/** What is to change; nobody is named twice. */
export type PlannedChange = {
  readonly joining: readonly string[];
  readonly waiting: readonly string[];
  /** No longer waiting. */
  readonly awaited: readonly string[];
  readonly leaving: readonly Member[];
  /** Of those who stay or come. */
  readonly roles: Readonly<Record<string, Role | 'member'>>;
  readonly closes: boolean;
};

/**
 * What the act changes as things are, or undefined when it is so already.
 * @throws ProtocolError FORBIDDEN where they may not; NOT_FOUND, TOO_LARGE.
 */
export function planChange(situation: Situation, act: MembersAct): PlannedChange | undefined {
  const { conversation, by } = situation;
  if (conversation.head.kind !== 'group') throw new ProtocolError('FORBIDDEN');
  const owner = ownerOf(conversation.members.values());
  const planned = parts(situation, act, owner);
  const { joining, waiting, awaited, leaving, roles, closes } = planned;
  const rows = joining.length + waiting.length + awaited.length + leaving.length;
  if (rows === 0 && Object.keys(roles).length === 0 && !closes) return undefined;
  // Of a group of an earlier release nothing says whose it is; from the first change on its row does.
  const named = owner !== undefined && conversation.members.get(owner)?.role !== 'owner';
  const goes = leaving.some(({ userId }) => userId === owner);
  const stays = owner !== undefined && owner !== by && !goes;
  const isOwn = owner === by && act.leave !== true && !goes;
  return named && (stays || isOwn) && roles[owner] === undefined
    ? { ...planned, roles: { ...roles, [owner]: 'owner' } }
    : planned;
}

export const nothing: PlannedChange = {
  joining: [],
  waiting: [],
  awaited: [],
  leaving: [],
  roles: {},
  closes: false,
};

function parts(situation: Situation, act: MembersAct, owner: string | undefined): PlannedChange {
  const { conversation, by, asOperator } = situation;
  const { head, members } = conversation;
  const isOwner = by === owner || asOperator === true;
  if (act.leave === true) return leave(members, by, owner);
  if (act.role !== undefined) {
    if (!isOwner || head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
    return { ...nothing, roles: give(members, owner ?? by, act.role) };
  }
  if (act.close === true) {
    if (!isOwner) throw new ProtocolError('FORBIDDEN');
    return { ...nothing, closes: head.closedAt === undefined };
  }
  const removed = remove(situation, owner, act.remove);
  const added = add(situation, owner, act);
  const [first] = added.joining;
  // It is nobody's, and from now on theirs who is named first; only the operator adds to a group of nobody.
  const isNew = first !== undefined && removed.leaving.length === members.size;
  return {
    ...nothing,
    ...removed,
    ...added,
    awaited: [...removed.awaited, ...added.awaited],
    ...(isNew && { roles: { [first]: 'owner' as const } }),
  };
}

/** Who is the last one to own it leaves it to the admin who came first, or else to the member who did. */
function leave(members: ReadonlyMap<string, Member>, by: string, owner: string | undefined): PlannedChange {
  const leaving = [...members.values()].filter(({ userId }) => userId === by);
  const left = [...members.values()].filter(({ userId }) => userId !== by);
  const heir = by === owner ? ownerOf(left) : undefined;
  return { ...nothing, leaving, ...(heir !== undefined && { roles: { [heir]: 'owner' } }) };
}

type Given = { readonly userId: string; readonly role: Role | 'member' };

/** Who hands it over goes on as an admin. */
function give(
  members: ReadonlyMap<string, Member>,
  by: string,
  { userId, role }: Given,
): PlannedChange['roles'] {
  const member = members.get(userId);
  if (member === undefined) throw new ProtocolError('NOT_FOUND');
  if (userId === by) {
    if (role !== 'owner') throw new ProtocolError('FORBIDDEN');
    return {};
  }
  if (role === 'owner') return { [userId]: 'owner', [by]: 'admin' };
  return (member.role ?? 'member') === role ? {} : { [userId]: role };
}

function add(
  { conversation: { head, members }, waiting: there, by, asOperator, invite, most }: Situation,
  owner: string | undefined,
  { add: named = [], unready }: MembersAct,
): Pick<PlannedChange, 'joining' | 'waiting' | 'awaited'> {
  if (named.length === 0) return { joining: [], waiting: [], awaited: [] };
  const mayAdd =
    asOperator === true || invite === 'members' || by === owner || members.get(by)?.role === 'admin';
  if (!mayAdd || head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
  const fresh = [...new Set(named)].filter((userId) => !members.has(userId));
  if (members.size + fresh.length > most) throw new ProtocolError('TOO_LARGE');
  const joining = fresh.filter((userId) => unready?.has(userId) !== true);
  const known = new Set(there.map(({ userId }) => userId));
  const waiting = fresh.filter((userId) => unready?.has(userId) === true && !known.has(userId));
  return { joining, waiting, awaited: joining.filter((userId) => known.has(userId)) };
}

/** The owner everybody, an admin whoever has no role; nobody themselves, which is to leave. */
function remove(
  { conversation: { members }, waiting, by, asOperator }: Situation,
  owner: string | undefined,
  named: readonly string[] = [],
): Pick<PlannedChange, 'leaving' | 'awaited'> & Partial<Pick<PlannedChange, 'roles'>> {
  if (named.length === 0) return { leaving: [], awaited: [] };
  if (asOperator === true) return removeAnybody(members, waiting, owner, named);
  if (by !== owner && members.get(by)?.role !== 'admin') throw new ProtocolError('FORBIDDEN');
  const leaving = [...new Set(named)].flatMap((userId) => members.get(userId) ?? []);
  const isAbove = ({ userId, role }: Member) => userId === owner || userId === by || role !== undefined;
  const allowed = by === owner ? leaving.every(({ userId }) => userId !== by) : !leaving.some(isAbove);
  if (!allowed) throw new ProtocolError('FORBIDDEN');
  const known = new Set(waiting.map(({ userId }) => userId));
  return { leaving, awaited: named.filter((userId) => known.has(userId)) };
}

/** Where its owner goes, the group is left as if they had left it. */
function removeAnybody(
  members: ReadonlyMap<string, Member>,
  waiting: readonly WaitingMember[],
  owner: string | undefined,
  named: readonly string[],
): Pick<PlannedChange, 'leaving' | 'awaited'> & Partial<Pick<PlannedChange, 'roles'>> {
  const gone = new Set(named);
  const leaving = [...members.values()].filter(({ userId }) => gone.has(userId));
  const staying = [...members.values()].filter(({ userId }) => !gone.has(userId));
  const heir = owner !== undefined && gone.has(owner) ? ownerOf(staying) : undefined;
  const known = new Set(waiting.map(({ userId }) => userId));
  return {
    leaving,
    awaited: [...gone].filter((userId) => known.has(userId)),
    ...(heir !== undefined && { roles: { [heir]: 'owner' as const } }),
  };
}

/** What everybody reads of it; who waits is in none. */
export function eventOf(change: PlannedChange, by: string): MembersEvent | undefined {
  const ids = change.leaving.map(({ userId }) => userId);
  const left = ids.filter((userId) => userId === by);
  const removed = ids.filter((userId) => userId !== by);
  const event = {
    ...(change.joining.length > 0 && { added: change.joining }),
    ...(removed.length > 0 && { removed }),
    ...(left.length > 0 && { left }),
    ...(Object.keys(change.roles).length > 0 && { roles: change.roles }),
    ...(change.closes && { closed: true as const }),
  };
  return Object.keys(event).length === 0 ? undefined : { type: 'event', event: 'members', ...event };
}
