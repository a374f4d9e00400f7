import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
} from '../conversations/authorize-reader.ts';
import type { Crowd } from '../messages/crowd.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { ReactFrame } from '../protocol/reactions/frames.ts';
import type { ReactResult } from '../protocol/reactions/table.ts';
import { witnessesOf } from '../safety/hidden-from.ts';
import type { ChangeStore } from '../stores/changes/change-store.ts';
import { type Conversation, isSenderOnHold, type Member } from '../stores/conversations/conversation.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { isShownTo } from '../stores/messages/message-header.ts';
import type { ReactedMessage, ReactionStore } from '../stores/reactions/reaction-store.ts';
import { recordEnd } from '../stores/sends/send-store.ts';
import type { Clock } from '../time.ts';
import { type AnnounceReactions, tellingAt } from './announce-reactions.ts';
import { type Reactions, shownReactions, toggled } from './toggled.ts';

export type ReactDeps = AuthorizeReaderDeps & {
  readonly conversations: Pick<ConversationStore, 'read' | 'readHead' | 'keepMember'>;
  readonly reactions: Pick<ReactionStore, 'readMessage' | 'readOwn' | 'changeReactions' | 'changeUnseen'>;
  readonly changes: Pick<ChangeStore, 'newestRev'>;
  readonly retention: AskRetention;
  readonly crowd: Crowd;
  readonly announce: AnnounceReactions;
  readonly now: Clock;
};

export type Reactor = { readonly userId: string; readonly connectionId: string };
type Asked = Pick<ReactFrame, 'id' | 'conversationId' | 'seq' | 'emoji' | 'on'>;

/** Each lost race means that somebody else has changed a message there. */
const attempts = 20;

/**
 * Gives a message one emoji of theirs, or takes it back: the counts, the change and their own row in one transaction, so that nobody is
 * counted twice. What is so already changes nothing.
 */
export async function react(deps: ReactDeps, reactor: Reactor, asked: Asked): Promise<ReactResult> {
  const { conversationId, seq } = asked;
  const { userId } = reactor;
  const { member, ranges } = await authorizeReader(deps, conversationId, userId);
  // Who has left may read on, and no more.
  if (member === undefined || !isReadableBy(ranges, seq)) throw new ProtocolError('NOT_FOUND');
  for (let losses = 0; losses < attempts; losses += 1) {
    if (losses > 0) await deps.crowd.backoff(losses);
    const outcome = await tryToReact(deps, reactor, member, asked, losses > 0);
    if (outcome !== 'behind') return outcome;
  }
  throw new ProtocolError('CONFLICT');
}

async function tryToReact(
  deps: ReactDeps,
  reactor: Reactor,
  member: Member,
  asked: Asked,
  isBusy: boolean,
): Promise<ReactResult | 'behind'> {
  const { userId } = reactor;
  const { conversationId, seq } = asked;
  const [read, found, before, newest] = await Promise.all([
    readConversation(deps, conversationId, member),
    deps.reactions.readMessage(conversationId, seq),
    deps.reactions.readOwn(userId, conversationId, seq),
    isBusy || deps.crowd.busy.get(conversationId) === true ? deps.changes.newestRev(conversationId) : 0,
  ]);
  const reacted = await admitted(deps, userId, read, found);
  const { conversation, message, counts, toldAt } = reacted;
  // Who reacts has come.
  if (member.expiresAt !== undefined) await deps.conversations.keepMember(conversationId, userId);
  const { lastRev = 0 } = conversation.head;
  const has: Reactions = { counts, own: before?.given ?? [] };
  const isUnseen = witnessesOf(conversation, userId) !== conversation;
  const at = deps.now();
  const next = toggled(has, asked, { at, isUnseen });
  const doing = { conversation, reactor, asked, hiddenFor: reacted.header.hiddenFor ?? [] };
  if (next === undefined) {
    // It may have been by a function that ended before anybody was told.
    if ((message.rev ?? 0) > lastRev)
      await deps.announce({ ...doing, ...has, rev: message.rev ?? 0, tellAt: at });
    return resultOf(asked, message.rev, has);
  }
  const own = { userId, before, given: next.own, held: isSenderOnHold(conversation, userId) };
  if (next.counts === counts) {
    if (!(await deps.reactions.changeUnseen(own, message))) return 'behind';
    await deps.announce({ ...doing, ...next, rev: message.rev ?? 0, isUnseen: true });
    return resultOf(asked, message.rev, next);
  }
  const rev = Math.max(lastRev, newest) + 1;
  const tellAt = tellingAt(conversation, toldAt, at);
  const { expiresAt } = message;
  const change = {
    change: { conversationId, rev, kind: 'react', seqs: [seq], at, expiresAt },
    by: userId,
    id: asked.id,
    recordEnd: recordEnd({ claimedAt: at, expiresAt }),
    seenRev: message.rev,
  } as const;
  const outcome = await deps.reactions.changeReactions(change, next.counts, own, message, tellAt);
  if (outcome === 'behind') {
    deps.crowd.busy.set(conversationId, true);
    return 'behind';
  }
  // It was carried out before, and they have done the opposite since.
  if (outcome === 'repeated') return { ...resultOf(asked, message.rev, has), duplicate: true };
  await deps.announce({ ...doing, ...next, rev, ...(tellAt !== undefined && { tellAt }) });
  return resultOf(asked, rev, next);
}

async function readConversation(
  { conversations }: ReactDeps,
  conversationId: string,
  member: Member,
): Promise<Conversation | undefined> {
  if (!isRoomId(conversationId)) return conversations.read(conversationId);
  const head = await conversations.readHead(conversationId);
  return head && { head, members: new Map([[member.userId, member]]) };
}

/** What may be reacted to: what they can read and somebody has written, where something may still be written. */
async function admitted(
  deps: Pick<ReactDeps, 'retention' | 'now'>,
  userId: string,
  conversation: Conversation | undefined,
  found: ReactedMessage | undefined,
): Promise<ReactedMessage & { readonly conversation: Conversation }> {
  // Asked also where nothing was found: what decides is the answer from after the read.
  const ruling = await deps.retention();
  const isThere =
    conversation?.members.has(userId) === true &&
    !hasEnded(conversation.head, deps.now()) &&
    found !== undefined &&
    found.message.content.type !== 'event' &&
    found.message.recalledAt === undefined &&
    isReadable(found.header, ruling) &&
    isShownTo(found.header, userId);
  if (!isThere) throw new ProtocolError('NOT_FOUND');
  if (conversation.head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
  return { ...found, conversation };
}

function resultOf(
  { conversationId, seq }: Asked,
  rev: number | undefined,
  reactions: Reactions,
): ReactResult {
  return { conversationId, seq, rev: rev ?? 0, reactions: shownReactions(reactions) };
}
