import { readersOf } from '../messages/follow-members.ts';
import type { ReactFrame } from '../protocol/reactions/frames.ts';
import type { ReactionCount } from '../protocol/reactions/table.ts';
import type { Push } from '../protocol/table.ts';
import { fanOut } from '../push/fan-out.ts';
import { recipients } from '../push/fan-out-message.ts';
import type { FanOutToMembersDeps } from '../push/fan-out-to-members.ts';
import { without } from '../safety/hidden-from.ts';
import { type Conversation, isLarge } from '../stores/conversations/conversation.ts';
import type { LastRevStore } from '../stores/conversations/last-rev-store.ts';
import { type EpochMillis, epochMillis } from '../time.ts';
import { type TellManyDeps, tellMany } from './tell-many.ts';
import { type Reactions, shownReactions } from './toggled.ts';

export type AnnounceReactionsDeps = FanOutToMembersDeps & TellManyDeps & { readonly revs: LastRevStore };

export type AnnouncedReactions = Reactions & {
  readonly conversation: Conversation;
  readonly reactor: { readonly userId: string; readonly connectionId: string };
  readonly asked: Pick<ReactFrame, 'seq' | 'emoji' | 'on'>;
  /** Of the message, by this. */
  readonly rev: number;
  /** Those who do not know of the message. */
  readonly hiddenFor: readonly string[];
  /** Nobody else learns of it. */
  readonly isUnseen?: true;
  /** Where many are to be told: when; absent where somebody has that to do already. */
  readonly tellAt?: EpochMillis;
};

export type AnnounceReactions = (announced: AnnouncedReactions) => Promise<void>;

/** Among many the reactions of one message are told of once in so long, with all that were given by then. */
export const windowMillis = 3_000;

/** Who tells them is not to look before the last one to rely on it has written: clocks differ. */
const skewMillis = 1_000;

const isAmongMany = (conversation: Conversation): boolean =>
  conversation.head.kind === 'room' || isLarge(conversation);

/** When this change is to be told of; undefined where it is at once, or somebody will have told of it by then. */
export function tellingAt(
  conversation: Conversation,
  toldAt: number,
  now: EpochMillis,
): EpochMillis | undefined {
  return isAmongMany(conversation) && toldAt <= now ? epochMillis(now + windowMillis) : undefined;
}

/**
 * Tells whoever is connected, in a direct conversation or a small group at once and with a name. Among many it is a queue that tells how
 * often each was given, and only the person's own devices learn of it at once. A push is a hint, tried once: who has missed one learns of
 * it by the number of the change, which is made known last.
 */
export function announceReactions(deps: AnnounceReactionsDeps): AnnounceReactions {
  return async (announced) => {
    const { conversation, reactor, asked, rev, counts, own, hiddenFor, isUnseen, tellAt } = announced;
    const { conversationId, kind, liveShards: shards } = conversation.head;
    const { seq, emoji, on } = asked;
    const by = { userId: reactor.userId, emoji, on };
    const push = (reactions: readonly ReactionCount[]): Push<'reacted'> => ({
      ...{ type: 'reacted', conversationId, seq, rev, by },
      reactions: reactions.map(({ emoji: each, count }) => ({ emoji: each, count })),
    });
    const isMany = isAmongMany(conversation);
    const self = conversation.members.get(reactor.userId);
    const alone = { members: new Map(self && [[reactor.userId, self]]) };
    const told = isMany || isUnseen ? alone : without(readersOf(conversation, seq), hiddenFor);
    const open = (await recipients(deps, told)).filter(
      ({ connectionId }) => connectionId !== reactor.connectionId,
    );
    const [mine, others] = [true, false].map((isOwn) =>
      open.filter(({ userId }) => (userId === reactor.userId) === isOwn),
    );
    await Promise.all([
      fanOut(deps, mine ?? [], push(shownReactions({ counts, own }))),
      fanOut(deps, others ?? [], push(counts)),
      isMany &&
        tellAt !== undefined &&
        tellMany(deps, { conversationId, isRoom: kind === 'room', shards, seq }, secondsUntil(deps, tellAt)),
    ]);
    if (isUnseen !== true) await deps.revs.advanceLastRev(conversationId, rev);
  };
}

function secondsUntil({ now }: Pick<AnnounceReactionsDeps, 'now'>, at: EpochMillis): number {
  return Math.ceil(Math.max(0, at + skewMillis - now()) / 1000);
}
