import type { TellChanged } from '../messages/announce-changed.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { BatchQueue } from '../stores/queue/job-queue.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';
import { jobsFor } from './room-parts.ts';

export type TellChangedInRoomDeps = { readonly roomJobs: Pick<BatchQueue<RoomJob>, 'addAll'> };

/** In a room by its queue, as everything is told there. */
export function tellChangedIn({ roomJobs }: TellChangedInRoomDeps, elsewhere: TellChanged): TellChanged {
  return async (conversation, seq) => {
    const { conversationId, liveShards: shards = 1 } = conversation.head;
    if (!isRoomId(conversationId)) return elsewhere(conversation, seq);
    const jobs = jobsFor({ conversationId, shards, changed: seq }, { from: 0, to: shards });
    await roomJobs.addAll(jobs, 0, conversationId);
  };
}
