import middy from '@middy/core';
import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { pushing } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { log } from '../../shared/composition/settings.ts';
import { conversations, messages } from '../../shared/composition/stores.ts';
import { retryPush } from '../../shared/messages/retry-push.ts';
import { errorName } from '../../shared/runtime/error-name.ts';

const deps = compose({ ...pushing, messages, conversations, retention: messageRetention, log });
const job = z.object({
  conversationId: z.string(),
  seq: z.number(),
  connectionIds: z.array(z.string()).exactOptional(),
});

type QueueEvent = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] };

/** What is not delivered stays in the queue, which gives it up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }) => {
  const outcomes = await Promise.allSettled(
    Records.map(async ({ body }) => retryPush(deps, job.parse(JSON.parse(body)))),
  );
  const failed = Records.filter((_, index) => {
    const outcome = outcomes[index];
    if (outcome?.status === 'rejected')
      deps.log.error('retry failed', { errorName: errorName(outcome.reason) });
    return outcome?.status !== 'fulfilled' || !outcome.value;
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
});
