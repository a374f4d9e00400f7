import middy from '@middy/core';
import * as z from 'zod/mini';
import { compose, merged } from '../../shared/composition/compose.ts';
import { pushing, retries } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { log, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  conversationRows,
  conversations,
  messages,
  readReceipts,
  recent,
  settings,
} from '../../shared/composition/stores.ts';
import { markMembers } from '../../shared/listing/mark-members.ts';
import { retryPushes } from '../../shared/messages/retry-pushes.ts';
import { tellReadReceipts } from '../../shared/messages/tell-read-receipts.ts';
import { tellReactions } from '../../shared/reactions/tell-reactions.ts';
import { errorName } from '../../shared/runtime/error-name.ts';

const deps = compose({
  ...pushing,
  messages,
  conversations: merged(conversations, conversationRows),
  readReceipts,
  settings,
  recent,
  retentionSeconds,
  retention: messageRetention,
  retries,
  log,
});
const conversationId = z.string();
const pushJob = z.object({
  conversationId,
  seq: z.number(),
  connectionIds: z.exactOptional(z.array(z.string())),
  isLast: z.exactOptional(z.boolean()),
});
const receiptJob = z.object({
  conversationId,
  reader: z.string(),
  mark: z.exactOptional(z.literal('delivered')),
});
const recentJob = z.object({ conversationId, recentOn: z.string() });
const reactedJob = z.object({ conversationId, reactedTo: z.number() });
const jobOf = z.union([pushJob, receiptJob, recentJob, reactedJob]);

type QueueEvent = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] };

/** A conversation whose retry fails stays in the queue, which gives it up to the dead-letter queue: ids, either way. */
export const handler = middy<QueueEvent>().handler(async ({ Records }) => {
  const jobs = Records.map(({ messageId, body }) => ({ messageId, job: jobOf.parse(JSON.parse(body)) }));
  const failed = await Promise.all(
    [...Map.groupBy(jobs, ({ job }) => job.conversationId)].map(async ([conversationId, own]) => {
      try {
        const pushes = own.flatMap(({ job }) => ('seq' in job ? [job] : []));
        const receipts = own.flatMap(({ job }) => ('reader' in job ? [job] : []));
        const reacted = own.flatMap(({ job }) => ('reactedTo' in job ? [job.reactedTo] : []));
        const [marking] = own.flatMap(({ job }) => ('recentOn' in job ? [job] : []));
        if (marking !== undefined) await markMembers(deps, marking);
        if (pushes.length > 0) await retryPushes(deps, conversationId, pushes);
        if (receipts.length > 0) await tellReadReceipts(deps, conversationId, receipts);
        if (reacted.length > 0) await tellReactions(deps, conversationId, reacted);
        return [];
      } catch (error) {
        deps.log.error('retry failed', { errorName: errorName(error) });
        return own;
      }
    }),
  );
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
});
