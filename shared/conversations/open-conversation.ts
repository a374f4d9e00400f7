import type { Groups } from '../configuration/groups.ts';
import type { Limits } from '../configuration/limits.ts';
import { type MarkRecentDeps, markRecent } from '../listing/note-recent.ts';
import type { OpenFrame } from '../protocol/conversations/frames.ts';
import type { OpenResult } from '../protocol/conversations/table.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { joinGroups } from '../push/join-groups.ts';
import { notedUntil } from '../push/stay-live.ts';
import type { Admitted } from '../reach/admit-named.ts';
import type { Caller, Naming } from '../reach/may-reach.ts';
import { blockersBetween, settleBlocks } from '../safety/settle-blocks.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import {
  type Conversation,
  type ConversationKind,
  isLargeGroup,
} from '../stores/conversations/conversation.ts';
import { endsSoon, endWithoutMessage, hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import {
  directConversationId,
  plainDirectConversationId,
} from '../stores/conversations/direct-conversation-id.ts';
import type { WaitingRowStore } from '../stores/conversations/waiting-row-store.ts';
import { liveShardsFor, shardsOf } from '../stores/live/live-shard.ts';
import type { LiveStore } from '../stores/live/live-store.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import { dayOf } from '../stores/personal/recent-store.ts';
import type { WaitingStore } from '../stores/personal/waiting-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { engage } from './engage.ts';
import { type GiveTitleDeps, giveTitle } from './give-title.ts';

export type OpenConversationDeps = {
  readonly conversations: Pick<
    ConversationStore,
    | 'read'
    | 'readHead'
    | 'readFirst'
    | 'create'
    | 'restorePair'
    | 'markEngaged'
    | 'prolongMember'
    | 'markBlocks'
  >;
  readonly titles: GiveTitleDeps['titles'];
  readonly holds: Pick<HoldStore, 'among'>;
  /** Rejects with NOT_FOUND where one of those named may not be reached, unless they have been before. */
  readonly admit: (naming: Naming, isReached: boolean) => Promise<Admitted>;
  readonly awaited: Pick<WaitingStore, 'note'>;
  readonly waitingRows: Pick<WaitingRowStore, 'setWaiting'>;
  readonly blocks: Pick<BlockStore, 'blocks' | 'blockersNow'>;
  readonly recent: MarkRecentDeps['recent'];
  /** For groups that look for their connections by group. */
  readonly connections: Pick<ConnectionStore, 'listNow'>;
  readonly live: Pick<LiveStore, 'noteGroups' | 'join' | 'leave'>;
  readonly limits: Pick<Limits, 'groupMembers' | 'titleBytes'>;
  readonly groups: Pick<Groups, 'history' | 'afterLeaving'>;
  readonly retentionSeconds: number;
  readonly now: Clock;
  readonly idSecret: () => Promise<Uint8Array>;
  /** The same whenever this person asks for the same with the same id. */
  readonly groupIdOf: (userId: string, frame: OpenFrame) => Promise<string>;
};

/** Who opens it, and is in it unless they open it for others. */
export type Opener = Caller & { readonly forOthers?: true };

/** Who is waited for has a week. */
const waitingSeconds = 7 * 86_400;

export async function openConversation(
  deps: OpenConversationDeps,
  caller: Opener,
  frame: OpenFrame,
): Promise<OpenResult> {
  const { userId } = caller;
  const isIn = caller.forOthers !== true;
  const named = [...new Set([...(isIn ? [userId] : []), ...frame.members])].sort();
  check(deps, frame, named);
  const { conversationId, existing } =
    frame.kind === 'direct' ? await findDirect(deps, named) : await findGroup(deps, userId, frame);
  if (frame.kind === 'group' && existing !== undefined && hasBegun(existing))
    return opened(conversationId, 'group', [...existing.members.keys()].sort(), existing.head.lastSeq);
  const others = named.filter((each) => each !== userId);
  const isThere = frame.kind === 'direct' && existing !== undefined && isWhole(deps, existing, named);
  const [{ waiting: unready }, blockers, unwilling] = await Promise.all([
    // Who shares a conversation with somebody has been reached before.
    deps.admit({ caller, named: others, via: isThere ? conversationId : frame.via }, isThere),
    frame.kind === 'direct' ? blockersBetween(deps.blocks, named) : new Set<string>(),
    // Who blocks somebody waits for ever, where they would be put into a group by them: like anybody who has not agreed.
    frame.kind === 'direct' ? new Set<string>() : deps.blocks.blockersNow(userId, others),
  ]);
  const waiting = others.filter((each) => unready.includes(each) || unwilling.has(each));
  const told = waiting.length > 0 ? { waiting } : {};
  if (isThere) {
    await engage(deps.conversations, existing, existing.members.get(userId));
    const marked = [...existing.members.values()].flatMap((each) => (each.blocks ? [each.userId] : []));
    await settleBlocks(deps, conversationId, named, new Set(marked));
    return { ...opened(conversationId, frame.kind, named, existing.head.lastSeq), ...told };
  }
  const members = named.filter((each) => !waiting.includes(each));
  // A conversation is somebody's: whoever opens it, or one of those whom it is opened for.
  if (members.length === 0) throw new ProtocolError('WAITING');
  if (waiting.length > 0) await waitFor(deps, conversationId, waiting);
  const { users } = await deps.holds.among({ users: members });
  const live = isLargeGroup(members) ? { conversationId, shards: liveShardsFor(members.length) } : undefined;
  // First: who connects from then on is found. A crash leaves a note of no group, which does nothing and goes by itself.
  const notes = live ? await deps.live.noteGroups(members, [live], notedUntil(deps.now)) : [];
  // Before it is there: a crash leaves a mark of no conversation, which does nothing and goes by itself.
  await markRecent(deps, members, conversationId, deps.now());
  const staysAnyway = existing !== undefined && existing.head.expiresAt === undefined;
  await deps.conversations.create(
    {
      conversationId,
      kind: frame.kind,
      createdAt: deps.now(),
      recentOn: dayOf(deps.now()),
      titled: frame.title !== undefined,
      ...(staysAnyway ? {} : { expiresAt: endWithoutMessage(deps.now()) }),
      ...(frame.kind === 'direct'
        ? { pair: named, memberCount: named.length }
        : { memberCount: members.length, ...deps.groups, ...settingsOf(frame) }),
      ...(frame.retention !== undefined && { retention: frame.retention }),
      ...(live !== undefined && { liveShards: shardsOf(notes, live.shards) }),
    },
    members,
    users,
    frame.kind === 'group' && isIn ? userId : undefined,
    blockers,
  );
  if (frame.kind === 'direct') await settleBlocks(deps, conversationId, named, blockers);
  // Those who are connected already.
  if (live !== undefined) await joinGroups(deps, await deps.connections.listNow(members), notes);
  if (frame.title !== undefined)
    await giveTitle(deps, { by: userId, conversationId, title: frame.title }, users.has(userId));
  if (frame.kind === 'direct' && isIn) await deps.conversations.markEngaged(conversationId, userId);
  // One of the two had left it: the head is still there, with the numbers that were given out.
  if (frame.kind === 'direct' && existing !== undefined && waiting.length === 0)
    await deps.conversations.restorePair(conversationId, members);
  return { ...opened(conversationId, frame.kind, named, existing?.head.lastSeq ?? 0), ...told };
}

/**
 * They are no members, and find it when they come. Whoever is named again is waited for once more. The rows do not say who opens it:
 * after a crash no row of theirs may ever lead there, by which their erasure would find it.
 */
async function waitFor(
  { awaited, waitingRows, now }: OpenConversationDeps,
  conversationId: string,
  userIds: readonly string[],
): Promise<void> {
  const expiresAt = (epochSeconds(now()) + waitingSeconds) as EpochSeconds;
  await awaited.note(conversationId, userIds, expiresAt);
  const rows = userIds.map((userId) => ({ userId, fromSeq: 1, expiresAt }));
  await waitingRows.setWaiting(conversationId, rows, []);
}

/** What its maker says of it. */
function settingsOf({ history, afterLeaving }: OpenFrame): Partial<Groups> {
  return { ...(history !== undefined && { history }), ...(afterLeaving !== undefined && { afterLeaving }) };
}

/** Whether somebody has done anything there. Until then a repeat does once more what a crash may have left undone. */
function hasBegun({ head }: Conversation): boolean {
  return head.lastSeq > 0 || head.revision !== undefined;
}

/** The one that an earlier attempt has made, if there was one. */
async function findGroup(
  { conversations, groupIdOf, now }: OpenConversationDeps,
  userId: string,
  frame: OpenFrame,
) {
  const conversationId = await groupIdOf(userId, frame);
  const head = await conversations.readHead(conversationId);
  const isThere = head !== undefined && !hasEnded(head, now());
  return { conversationId, existing: isThere ? await conversations.read(conversationId) : undefined };
}

/** With everybody in it, and not about to end. */
function isWhole(
  { now }: OpenConversationDeps,
  { head, members }: Conversation,
  asked: readonly string[],
): boolean {
  return asked.every((member) => members.has(member)) && !endsSoon(head, now());
}

/** Where it was opened before ids were made with a secret, it goes on under the id that both people know it by. */
async function findDirect(
  { conversations, idSecret }: OpenConversationDeps,
  members: readonly string[],
): Promise<{ readonly conversationId: string; readonly existing: Conversation | undefined }> {
  const [one = '', other = ''] = members;
  const id = directConversationId(await idSecret(), one, other);
  const existing = await conversations.readFirst([plainDirectConversationId(one, other), id], members);
  return { conversationId: existing?.head.conversationId ?? id, existing };
}

function check(deps: OpenConversationDeps, frame: OpenFrame, members: readonly string[]): void {
  // Which needs nobody else, and is opened elsewhere.
  if (frame.kind === 'room') throw new ProtocolError('INVALID_FRAME');
  if (members.length < 2 || (frame.kind === 'direct' && members.length !== 2))
    throw new ProtocolError('INVALID_FRAME');
  const ofGroups = [frame.title, frame.history, frame.afterLeaving];
  if (frame.kind === 'direct' && ofGroups.some((given) => given !== undefined))
    throw new ProtocolError('INVALID_FRAME');
  if (frame.retention !== undefined && frame.retention > deps.retentionSeconds)
    throw new ProtocolError('INVALID_FRAME');
  if (members.length > deps.limits.groupMembers) throw new ProtocolError('TOO_LARGE');
  if (frame.title !== undefined && Buffer.byteLength(frame.title) > deps.limits.titleBytes)
    throw new ProtocolError('TOO_LARGE');
}

function opened(
  conversationId: string,
  kind: ConversationKind,
  members: readonly string[],
  lastSeq: number,
): OpenResult {
  return { conversationId, kind, members, lastSeq };
}
