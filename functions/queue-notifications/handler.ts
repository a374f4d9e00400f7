import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { notificationJobs } from '../../shared/composition/notification-jobs.ts';
import { queueNotifications } from '../../shared/notifications/queue-notifications.ts';
import type { RowChange } from '../../shared/stores/facts/fact.ts';

const deps = compose({ jobs: notificationJobs });

type StreamRecord = {
  readonly eventName: RowChange['change'];
  readonly dynamodb: {
    readonly Keys: { readonly conversationId: { readonly S: string }; readonly seq: { readonly N: string } };
    readonly SequenceNumber: string;
  };
};

/** By the stream of the messages. What fails is delivered again as a whole, and in halves. */
export const handler = middy<{ readonly Records: readonly StreamRecord[] }>().handler(async ({ Records }) => {
  await queueNotifications(deps, Records.map(changeOf));
  return { batchItemFailures: [] };
});

function changeOf({ eventName, dynamodb: { Keys, SequenceNumber } }: StreamRecord): RowChange {
  const keys = { conversationId: Keys.conversationId.S, seq: Number(Keys.seq.N) };
  return { table: 'messages', change: eventName, keys, sequenceNumber: SequenceNumber };
}
