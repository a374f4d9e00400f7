import { readersOf } from '../messages/follow-members.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import { pinnedPush } from '../rooms/pinned-push.ts';
import { jobsFor } from '../rooms/room-parts.ts';
import { hiddenFrom, without } from '../safety/hidden-from.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { ExactMessageStore } from '../stores/messages/exact-message-store.ts';
import type { BatchQueue } from '../stores/queue/job-queue.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';

/** Tells whoever is connected and may read it whether a message is pinned now: a hint. Who misses it asks for the changes. */
export type TellPinned = (conversation: Conversation, seq: number, by: string) => Promise<void>;

export type TellPinnedDeps = FanOutToMembersDeps & {
  readonly messages: ExactMessageStore;
  readonly retention: AskRetention;
  readonly roomJobs: Pick<BatchQueue<RoomJob>, 'addAll'>;
};

/** As it is stored by then; in a room by its queue. Who blocks the one who pinned is not told: they see it when they look. */
export function tellPinned(deps: TellPinnedDeps): TellPinned {
  return async (conversation, seq, by) => {
    const { conversationId, liveShards: shards = 1 } = conversation.head;
    if (isRoomId(conversationId)) {
      const jobs = jobsFor({ conversationId, shards, pinned: seq }, { from: 0, to: shards });
      return deps.roomJobs.addAll(jobs, 0, conversationId);
    }
    const [found] = await deps.messages.readExactly(conversationId, [seq]);
    if (found === undefined || !isReadable(found.header, await deps.retention())) return;
    const hidden = [...(found.header.hiddenFor ?? []), ...hiddenFrom(conversation, by)];
    await fanOutToMembers(deps, without(readersOf(conversation, seq), hidden), pinnedPush(found.message));
  };
}
