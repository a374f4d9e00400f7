import middy from '@middy/core';
import * as z from 'zod/mini';
import { compose } from '../../shared/composition/compose.ts';
import { notificationJobs } from '../../shared/composition/notification-jobs.ts';
import { notificationBus } from '../../shared/composition/notifications.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { log, now, policyFingerprint } from '../../shared/composition/settings.ts';
import {
  blocks,
  connectionRows,
  consent,
  conversations,
  exactMessages,
  pushTokens,
} from '../../shared/composition/stores.ts';
import { notifyMembers } from '../../shared/notifications/notify-members.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { epochMillis } from '../../shared/time.ts';

const { log: logger, ...deps } = compose({
  conversations,
  messages: exactMessages,
  connections: connectionRows,
  blocks,
  tokens: pushTokens,
  consent,
  retention: messageRetention,
  bus: notificationBus,
  jobs: notificationJobs,
  policyFingerprint,
  log,
  now,
});
const notificationJob = z.object({
  conversationId: z.string(),
  seq: z.number(),
  after: z.exactOptional(z.string()),
});

/** What a page may take at most, with a bus that is busy. */
const marginMillis = 20_000;

type QueueEvent = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] };

/** One message after the other. What fails stays in the queue, which gives it up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }, context) => {
  const endBy = epochMillis(deps.now() + context.getRemainingTimeInMillis() - marginMillis);
  const isOver = () => deps.now() >= endBy;
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    try {
      await notifyMembers({ ...deps, isOver }, notificationJob.parse(JSON.parse(body)));
    } catch (error) {
      logger.error('notifying failed', { errorName: errorName(error) });
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
});
