import type { Crowd } from '../messages/crowd.ts';
import type { ChangeStore } from '../stores/changes/change-store.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { LastRevStore } from '../stores/conversations/last-rev-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { OwnReactions } from '../stores/reactions/own-reactions.ts';
import type { ReactionStore } from '../stores/reactions/reaction-store.ts';
import type { Clock, EpochMillis } from '../time.ts';
import { type TellManyDeps, tellMany } from './tell-many.ts';
import { withoutOwn } from './toggled.ts';

export type TakeOffReactionsDeps = TellManyDeps & {
  readonly conversations: Pick<ConversationStore, 'readHead'>;
  readonly reactions: Pick<ReactionStore, 'readMessage' | 'readOwn' | 'retract' | 'forget'>;
  readonly changes: Pick<ChangeStore, 'newestRev'>;
  readonly revs: LastRevStore;
  readonly crowd: Pick<Crowd, 'backoff'>;
  readonly now: Clock;
};

/** Takes away what somebody gave a message up to then. Once more does no harm. */
export type TakeOffReactions = (userId: string, row: OwnReactions, givenBy: EpochMillis) => Promise<void>;

const attempts = 20;

/**
 * Their row and their part of the counts go together, so that a crash leaves both or neither. Where the message is gone, or nobody else
 * knew of it, there is only the row.
 */
export function takeOffReactions(deps: TakeOffReactionsDeps): TakeOffReactions {
  return async (userId, found, givenBy) => {
    const { conversationId, seq } = found;
    let row: OwnReactions | undefined = found;
    for (let losses = 0; row !== undefined && losses < attempts; losses += 1) {
      if (losses > 0) await deps.crowd.backoff(losses);
      if (await tryToTakeOff(deps, userId, row, givenBy)) return;
      row = await deps.reactions.readOwn(userId, conversationId, seq);
    }
    if (row !== undefined) throw new Error('others change messages there all the time');
  };
}

async function tryToTakeOff(
  deps: TakeOffReactionsDeps,
  userId: string,
  row: OwnReactions,
  givenBy: EpochMillis,
): Promise<boolean> {
  const { conversationId, seq, given } = row;
  const going = given.filter(({ at }) => at <= givenBy);
  if (going.length === 0) return true;
  const own = { userId, row, left: given.filter(({ at }) => at > givenBy) };
  const [reacted, head, newest] = await Promise.all([
    deps.reactions.readMessage(conversationId, seq),
    deps.conversations.readHead(conversationId),
    deps.changes.newestRev(conversationId),
  ]);
  if (reacted === undefined || reacted.message.recalledAt !== undefined) return deps.reactions.forget(own);
  const counts = withoutOwn({ counts: reacted.counts, own: going });
  if (counts === reacted.counts) return deps.reactions.forget(own);
  const rev = Math.max(head?.lastRev ?? 0, newest) + 1;
  const { rev: seenRev, expiresAt } = reacted.message;
  const change = { conversationId, rev, kind: 'react', seqs: [seq], at: deps.now(), expiresAt } as const;
  if (!(await deps.reactions.retract(own, { seenRev, counts, change }))) return false;
  await tellMany(
    deps,
    { conversationId, isRoom: isRoomId(conversationId), shards: head?.liveShards, seq },
    0,
  );
  await deps.revs.advanceLastRev(conversationId, rev);
  return true;
}
