import middy from '@middy/core';
import * as z from 'zod/mini';
import { compose } from '../../shared/composition/compose.ts';
import { pushing, retries } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { log } from '../../shared/composition/settings.ts';
import { conversations, messages } from '../../shared/composition/stores.ts';
import { retryPushes } from '../../shared/messages/retry-pushes.ts';
import { errorName } from '../../shared/runtime/error-name.ts';

const deps = compose({ ...pushing, messages, conversations, retention: messageRetention, retries, log });
const jobOf = z.object({
  conversationId: z.string(),
  seq: z.number(),
  connectionIds: z.exactOptional(z.array(z.string())),
  isLast: z.exactOptional(z.boolean()),
});

type QueueEvent = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] };

/** A conversation whose retry fails stays in the queue, which gives it up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }) => {
  const jobs = Records.map(({ messageId, body }) => ({ messageId, job: jobOf.parse(JSON.parse(body)) }));
  const failed = await Promise.all(
    [...Map.groupBy(jobs, ({ job }) => job.conversationId)].map(async ([conversationId, own]) => {
      try {
        const all = own.map(({ job }) => job);
        await retryPushes(deps, conversationId, all);
        return [];
      } catch (error) {
        deps.log.error('retry failed', { errorName: errorName(error) });
        return own;
      }
    }),
  );
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
});
