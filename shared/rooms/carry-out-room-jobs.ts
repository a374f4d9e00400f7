import { errorName } from '../runtime/error-name.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';
import {
  type DeliverRoomDeps,
  deliverBehind,
  deliverChanged,
  deliverErased,
  deliverPinned,
  deliverReacted,
  deliverRoom,
  type Part,
} from './deliver-room.ts';
import { isSmall, jobsFor } from './room-parts.ts';

type Received = { readonly job: RoomJob };

/** Several at once, of which each part of a room is told once; resolves to those that failed. */
export async function carryOutRoomJobs<Job extends Received>(
  deps: DeliverRoomDeps,
  received: readonly Job[],
  onError: (errorName: string) => void,
): Promise<readonly Job[]> {
  const told = new Map<string, Promise<void>>();
  const outcomes = await Promise.all(
    received.map(async (each) => {
      try {
        await carryOut(each.job);
        return [];
      } catch (error) {
        onError(errorName(error));
        return [each];
      }
    }),
  );
  return outcomes.flat();

  async function carryOut(job: RoomJob): Promise<void> {
    const { conversationId, shards, from, to, behind, erased, rev, changed, pinned, reacted } = job;
    if (!isSmall(job)) return deps.jobs.addAll(jobsFor(job, job), 0, conversationId);
    const parts = Array.from({ length: to - from }, (_, index) => ({
      conversationId,
      shards,
      shard: from + index,
    }));
    await Promise.all(
      parts.map(async (part) => {
        if (behind !== undefined) return deliverBehind(deps, part, behind);
        if (erased !== undefined) return deliverErased(deps, part, erased, rev);
        if (changed !== undefined) return deliverChanged(deps, part, changed);
        if (pinned !== undefined) return deliverPinned(deps, part, pinned);
        if (reacted !== undefined) return deliverReacted(deps, part, reacted);
        return tellOnce(part);
      }),
    );
  }

  async function tellOnce(part: Part): Promise<void> {
    const name = `${part.conversationId} ${part.shard}`;
    const telling = told.get(name) ?? deliverRoom(deps, part);
    told.set(name, telling);
    return telling;
  }
}
