import type { PushErased } from '../push/push-erased.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { BatchQueue } from '../stores/queue/job-queue.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';
import { jobsFor } from './room-parts.ts';

export type TellErasedDeps = {
  readonly conversations: Pick<ConversationStore, 'readHead'>;
  readonly roomJobs: Pick<BatchQueue<RoomJob>, 'addAll'>;
};

/** In a room by its queue, as everything is told there. */
export function tellErased({ conversations, roomJobs }: TellErasedDeps, pushErased: PushErased): PushErased {
  return async (conversationId, seqs, rev) => {
    if (!isRoomId(conversationId)) return pushErased(conversationId, seqs, rev);
    if (seqs.length === 0) return;
    const { liveShards: shards = 1 } = (await conversations.readHead(conversationId)) ?? {};
    const jobs = jobsFor(
      { conversationId, shards, erased: seqs, ...(rev !== undefined && { rev }) },
      { from: 0, to: shards },
    );
    await roomJobs.addAll(jobs, 0, conversationId);
  };
}
