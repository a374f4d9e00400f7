import { jobsFor } from '../rooms/room-parts.ts';
import type { BatchQueue, JobQueue } from '../stores/queue/job-queue.ts';
import type { ReactedJob } from '../stores/queue/reacted-job.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';

export type TellManyDeps = {
  readonly reactedJobs: Pick<JobQueue<ReactedJob>, 'add'>;
  readonly roomJobs: Pick<BatchQueue<RoomJob>, 'addAll'>;
};

export type ReactedPlace = {
  readonly conversationId: string;
  readonly isRoom: boolean;
  /** Parts that a room has. */
  readonly shards: number | undefined;
  readonly seq: number;
};

/** By a queue: everybody is told how often the message was given each emoji, as it is when their turn comes. */
export async function tellMany(
  { reactedJobs, roomJobs }: TellManyDeps,
  { conversationId, isRoom, shards = 1, seq }: ReactedPlace,
  delaySeconds: number,
): Promise<void> {
  if (!isRoom) return reactedJobs.add({ conversationId, reactedTo: seq }, delaySeconds, conversationId);
  const jobs = jobsFor({ conversationId, shards, reacted: seq }, { from: 0, to: shards });
  await roomJobs.addAll(jobs, delaySeconds, conversationId);
}
