import { type AuthorizeMemberDeps, authorizeMember, memberOf } from '../conversations/authorize-member.ts';
import { membersPage } from '../conversations/list-members.ts';
import { ownerOf } from '../conversations/roles.ts';
import { type MarkRecentDeps, markRecent } from '../listing/note-recent.ts';
import type { Crowd } from '../messages/crowd.ts';
import type { MembersFrame } from '../protocol/conversations/frames.ts';
import type { MembersResult } from '../protocol/conversations/table.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { MembersEvent } from '../protocol/messages/table.ts';
import type { Caller } from '../reach/may-reach.ts';
import {
  type Conversation,
  type FormerMember,
  isSenderOnHold,
  type Member,
  type Stint,
  type WaitingMember,
} from '../stores/conversations/conversation.ts';
import { laterEnd } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { grownShards } from '../stores/live/live-shard.ts';
import {
  type MembershipChange,
  type MembershipChangeStore,
  mostWrites,
  writesOf,
} from '../stores/membership-changes/membership-change-store.ts';
import type { Message } from '../stores/messages/message.ts';
import type { WaitingStore } from '../stores/personal/waiting-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { SendId } from '../stores/sends/send-key.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';
import type { AnnounceAgain, AnnounceChange } from './announce-change.ts';
import type { FindEachOther } from './find-each-other.ts';
import { buildEvent, type PlaceEventDeps, prepareEvent, recordEndOf, tailOf } from './place-event.ts';
import {
  eventOf,
  type Invite,
  type MembersAct,
  nothing,
  type PlannedChange,
  planChange,
} from './plan-change.ts';

/** Of those named: who has not agreed to take part, or may not be reached, which throws NOT_FOUND. */
export type UnreadyAmong = (by: Actor, named: readonly string[]) => Promise<ReadonlySet<string>>;

/** What it takes to carry out a change that is planned. */
export type CarryOutDeps = PlaceEventDeps & {
  readonly conversations: Pick<ConversationStore, 'read' | 'readMember' | 'strip'>;
  readonly changes: MembershipChangeStore;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly crowd: Crowd;
  readonly announce: AnnounceChange;
  readonly recent: MarkRecentDeps['recent'];
  readonly findEachOther: FindEachOther;
  readonly groupMembers: number;
  /** How long the title that somebody gave may outlast their being here; 0 where none is kept. */
  readonly titleSeconds: number;
};

export type ChangeMembersDeps = AuthorizeMemberDeps &
  CarryOutDeps & {
    readonly announceAgain: AnnounceAgain;
    readonly unreadyAmong: UnreadyAmong;
    /** Where who waits finds it when they come. */
    readonly awaited: Pick<WaitingStore, 'note'>;
    readonly invite: Invite;
  };

/** Whoever acts for the operator need not be in it. */
export type Actor = Caller & { readonly connectionId: string; readonly asOperator?: true };

/** Each lost race means that somebody else wrote there, or changed it. */
const attempts = 20;
/** Who is waited for has a week. */
const waitingSeconds = 7 * 86_400;
/** More than the clocks of two functions differ. */
const daySeconds = 86_400;
/** Of somebody who comes and goes; of more times the first are no longer theirs to read. */
const mostStints = 20;

/**
 * Changes who is in a group: an event at the next number, the rows and the count in one transaction, so that all messages and all
 * changes are in one order. A repeat of what was done is answered with how things are now.
 */
export async function changeMembers(
  deps: ChangeMembersDeps,
  actor: Actor,
  frame: MembersFrame,
): Promise<MembersResult> {
  const { conversationId, id } = frame;
  const { userId } = actor;
  const act = { conversationId, id, from: userId };
  const known = actor.asOperator ?? (await authorizeMember(deps, conversationId, userId).catch(ifNotFound));
  // A repeat of their leaving.
  if (known === undefined && frame.leave === true && (await repeated(deps, act))) return goneResult();
  if (known === undefined) throw new ProtocolError('NOT_FOUND');
  const unready = frame.add && (await deps.unreadyAmong(actor, frame.add));
  const asked: MembersAct = { ...frame, ...(unready && { unready }) };
  for (let losses = 0; losses < attempts; losses += 1) {
    if (losses > 0) await deps.crowd.backoff(losses);
    const outcome = await tryChange(deps, actor, id, conversationId, asked);
    if (outcome !== 'behind') return outcome;
  }
  throw new ProtocolError('CONFLICT');
}

async function tryChange(
  deps: ChangeMembersDeps,
  { userId, connectionId, asOperator }: Actor,
  id: string,
  conversationId: string,
  act: MembersAct,
): Promise<MembersResult | 'behind'> {
  const [read, waiting] = await Promise.all([
    deps.conversations.read(conversationId),
    deps.changes.listWaiting(conversationId),
  ]);
  const conversation = asOperator === true ? thereOf(read) : memberOf(read, userId).conversation;
  const { invite, groupMembers: most } = deps;
  const isRepeat = async () => repeated(deps, { conversationId, id, from: userId });
  let planned: PlannedChange | undefined;
  try {
    const situation = { conversation, waiting, by: userId, invite, most, ...(asOperator && { asOperator }) };
    planned = planChange(situation, act);
  } catch (error) {
    // What they did themselves may be why they may not do it once more.
    if (error instanceof ProtocolError && (await isRepeat())) return resultOf(conversation);
    throw error;
  }
  const named = planned?.waiting ?? [];
  if (named.length > 0) await deps.awaited.note(conversationId, named, endOfWaiting(deps));
  const event = planned && eventOf(planned, userId);
  const unready = planned === undefined ? [] : planned.waiting;
  if (planned !== undefined && event === undefined)
    await deps.changes.setWaiting(
      conversationId,
      waitingRows(deps, planned, userId, conversation.head.lastSeq + 1),
      planned.awaited,
    );
  if (planned === undefined) await isRepeat();
  if (planned === undefined || event === undefined)
    return resultOf(
      conversation,
      [...(act.unready ?? [])].filter((each) => !conversation.members.has(each)),
    );
  if (writesOf(planned) > mostWrites) throw new ProtocolError('TOO_LARGE');
  const tail = await tailOf(deps, conversation);
  const message = buildEvent(deps, conversation, { conversationId, id, from: userId, event }, tail);
  await prepareEvent(deps, conversation, message, tail);
  const made = await changeOf(deps, conversation, planned, message, userId);
  await markJoining(deps, made);
  // First: who is connected is found from the first message on.
  const change = await deps.findEachOther.before(made);
  const outcome = await deps.changes.change(change);
  if (outcome === 'behind') return 'behind';
  const after = withChange(conversation, change);
  if (outcome === 'repeated') {
    await isRepeat();
    const now = await deps.conversations.read(conversationId);
    return now !== undefined && mayHear(now) ? resultOf(now) : goneResult();
  }
  if (after.members.size === 0) await deps.conversations.strip(conversationId);
  await deps.announce({ before: conversation, after, change, actor: { userId, connectionId } });
  await deps.findEachOther.after(after, change.leaving);
  if (!mayHear(after)) return { ...goneResult(), revision: change.seen + 1 };
  return resultOf(after, unready);

  function mayHear({ members }: Conversation): boolean {
    return asOperator === true || members.has(userId);
  }
}

function thereOf(conversation: Conversation | undefined): Conversation {
  if (conversation === undefined) throw new ProtocolError('NOT_FOUND');
  return conversation;
}

/**
 * Makes a member of somebody who was named before they had agreed, as if whoever named them did so now: what is written there from
 * then on was meant for them, too. Where that one has left it is their own doing. A group that is full goes on waiting.
 */
export async function admitMember(
  deps: CarryOutDeps & { readonly randomId: () => string },
  conversationId: string,
  { userId, by, fromSeq = 1 }: WaitingMember,
): Promise<void> {
  const id = deps.randomId();
  for (let losses = 0; losses < attempts; losses += 1) {
    if (losses > 0) await deps.crowd.backoff(losses);
    const conversation = await deps.conversations.read(conversationId);
    const isOver = conversation === undefined || conversation.head.closedAt !== undefined;
    if (isOver || conversation.members.has(userId))
      return deps.changes.setWaiting(conversationId, [], [userId]);
    if (conversation.members.size >= deps.groupMembers) return;
    const namedBy = by ?? ownerOf(conversation.members.values()) ?? userId;
    const actor = conversation.members.has(namedBy) ? namedBy : userId;
    const planned = { ...nothing, joining: [userId], awaited: [userId] };
    const tail = await tailOf(deps, conversation);
    const event: MembersEvent = { type: 'event', event: 'members', added: [userId] };
    const message = buildEvent(deps, conversation, { conversationId, id, from: actor, event }, tail);
    await prepareEvent(deps, conversation, message, tail);
    const made = await changeOf(deps, conversation, planned, message, actor);
    await markJoining(deps, made);
    const joining = made.joining.map(({ fromSeq: _joining, ...member }) => ({
      ...member,
      readSeq: Math.max(0, fromSeq - 1),
      ...(fromSeq > 1 && { fromSeq }),
    }));
    const change = await deps.findEachOther.before({ ...made, joining });
    const outcome = await deps.changes.change(change);
    if (outcome === 'behind') continue;
    const after = withChange(conversation, change);
    await deps.announce({ before: conversation, after, change, actor: { userId: actor, connectionId: '' } });
    return deps.findEachOther.after(after, []);
  }
}

/** Whether it has been done before. Whoever did it may have died before anybody was told: the event is pushed once more. */
async function repeated(deps: ChangeMembersDeps, act: SendId): Promise<boolean> {
  const placed = await deps.changes.find(act);
  if (placed !== undefined) await deps.announceAgain({ ...placed, conversationId: act.conversationId });
  return placed !== undefined;
}

const goneResult = (): MembersResult => ({ members: [], roles: {}, revision: 0 });

function resultOf(conversation: Conversation, waiting: readonly string[] = []): MembersResult {
  return { ...membersPage(conversation), ...(waiting.length > 0 && { waiting }) };
}

function ifNotFound(error: unknown): undefined {
  if (error instanceof ProtocolError && error.code === 'NOT_FOUND') return undefined;
  throw error;
}

async function changeOf(
  deps: CarryOutDeps,
  conversation: Conversation,
  planned: PlannedChange,
  event: Message,
  by: string,
): Promise<MembershipChange> {
  const { head, members } = conversation;
  const { conversationId } = head;
  const people = [...planned.joining, ...planned.leaving.map(({ userId }) => userId)];
  const [former, { users }] = await Promise.all([
    deps.changes.readFormer(conversationId, people),
    deps.holds.among({ users: planned.joining }),
  ]);
  const { seq } = event;
  const { liveShards } = head;
  const memberCount = members.size + planned.joining.length - planned.leaving.length;
  return {
    conversationId,
    seen: head.revision ?? 0,
    memberCount,
    ...(liveShards !== undefined && { liveShards, grownShards: grownShards(liveShards, memberCount) }),
    ...(planned.closes && { closedAt: event.sentAt }),
    event,
    held: isSenderOnHold(conversation, by),
    joining: planned.joining.map((userId) => ({
      userId,
      // What was written before they came is nothing that they have missed.
      readSeq: seq,
      joinedSeq: seq,
      ...(head.history === 'joining' && { fromSeq: seq }),
      ...(planned.roles[userId] === 'owner' && { role: 'owner' as const }),
      ...(former.has(userId) && { returned: true as const }),
      ...(users.has(userId) && { held: true as const }),
      ...endOfNewcomer(event),
    })),
    waiting: waitingRows(deps, planned, by, seq),
    awaited: planned.awaited,
    leaving: planned.leaving.map((member) => formerOf(deps, head, member, seq, former.get(member.userId))),
    roles: planned.roles,
    recordEnd: recordEndOf(deps, event),
  };
}

/** Before they are members: a crash leaves a mark of nothing that they are in, which does nothing and goes by itself. */
async function markJoining(
  deps: Pick<CarryOutDeps, 'recent' | 'retentionSeconds'>,
  { conversationId, joining, event }: MembershipChange,
): Promise<void> {
  if (joining.length === 0) return;
  const userIds = joining.map(({ userId }) => userId);
  await markRecent(deps, userIds, conversationId, event.sentAt);
}

/** They are waited for as everybody who has not come to a group. */
function endOfNewcomer(event: Message): { readonly expiresAt?: EpochSeconds } {
  const end = laterEnd({ expiresAt: 0 as EpochSeconds }, event);
  return end === undefined ? {} : { expiresAt: end };
}

function waitingRows(
  { now }: Pick<ChangeMembersDeps, 'now'>,
  { waiting }: PlannedChange,
  by: string,
  fromSeq: number,
): readonly WaitingMember[] {
  const expiresAt = endOfWaiting({ now });
  return waiting.map((userId) => ({ userId, by, fromSeq, expiresAt }));
}

/** From now on. */
export function endOfWaiting({ now }: Pick<ChangeMembersDeps, 'now'>): EpochSeconds {
  return (epochSeconds(now()) + waitingSeconds) as EpochSeconds;
}

/**
 * Until the last message that they can have written has ended, and the title that they can have given, and whoever they have named waits
 * no more.
 */
function formerOf(
  { retentionSeconds, titleSeconds, now }: Pick<CarryOutDeps, 'retentionSeconds' | 'titleSeconds' | 'now'>,
  head: Conversation['head'],
  { userId, joinedSeq = 0, fromSeq = 1, held }: Member,
  leftSeq: number,
  before: FormerMember | undefined,
): FormerMember {
  const earlier: readonly Stint[] =
    before === undefined ? [] : [stintOf(before), ...(before.earlier ?? [])].slice(0, mostStints);
  return {
    userId,
    joinedSeq,
    leftSeq,
    fromSeq,
    toSeq: head.afterLeaving === 'nothing' ? 0 : leftSeq,
    ...(earlier.length > 0 && { earlier }),
    ...((held === true || head.held === true) && { held: true as const }),
    expiresAt: (epochSeconds(now()) +
      Math.max(retentionSeconds, waitingSeconds, titleSeconds) +
      daySeconds) as EpochSeconds,
  };
}

const stintOf = ({ joinedSeq, leftSeq, fromSeq, toSeq }: Stint): Stint => ({
  joinedSeq,
  leftSeq,
  fromSeq,
  toSeq,
});

/** As the transaction has left it. */
function withChange({ head, members }: Conversation, change: MembershipChange): Conversation {
  const left = new Set(change.leaving.map(({ userId }) => userId));
  const staying = [...members.values()].filter(({ userId }) => !left.has(userId));
  const all = [...staying, ...change.joining].map((member): Member => {
    const given = change.roles[member.userId];
    if (given === undefined) return member;
    const { role: _before, ...rest } = member;
    return given === 'member' ? rest : { ...rest, role: given };
  });
  return {
    head: {
      ...head,
      revision: change.seen + 1,
      memberCount: change.memberCount,
      ...(change.grownShards !== undefined && { liveShards: change.grownShards }),
    },
    members: new Map(all.map((member) => [member.userId, member])),
  };
}
