import { isRoomId } from '../stores/conversations/room-id.ts';
import type { RowChange } from '../stores/facts/fact.ts';
import { factOf } from '../stores/facts/fact-of.ts';
import type { BatchQueue } from '../stores/queue/job-queue.ts';
import type { NotificationJob } from '../stores/queue/notification-job.ts';

/** As many as the queue takes in one call. */
const mostAtOnce = 10;

/**
 * Notes every message of a batch of the stream, by its key alone, for whoever finds out whom it concerns. Nobody is notified of what is written in
 * a room. Of a batch that comes again all is noted again.
 */
export async function queueNotifications(
  { jobs }: { readonly jobs: Pick<BatchQueue<NotificationJob>, 'addAll'> },
  changes: readonly RowChange[],
): Promise<void> {
  const due = changes.flatMap((change): readonly NotificationJob[] => {
    const fact = factOf(change);
    if (fact?.of !== 'message' || isRoomId(fact.conversationId)) return [];
    return [{ conversationId: fact.conversationId, seq: fact.seq }];
  });
  for (let from = 0; from < due.length; from += mostAtOnce)
    await jobs.addAll(due.slice(from, from + mostAtOnce));
}
