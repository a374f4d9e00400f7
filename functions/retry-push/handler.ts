import middy from '@middy/core';
import * as z from 'zod';
import { retryPush } from '../../shared/messages/retry-push.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'MESSAGE_TABLE',
  'CONVERSATION_TABLE',
  'CONNECTION_TABLE',
  'CALLBACK_URL',
  'METRIC_NAMESPACE',
  'MESSAGE_RETENTION_SECONDS',
  'POLICY_VERSION',
  'POLICY_DIGEST',
);
const db = documentClient();
const deps = {
  messages: messageStore(db, env.MESSAGE_TABLE),
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  connections: connectionStore(db, env.CONNECTION_TABLE),
  gateway: connectionGateway(managementClient(env.CALLBACK_URL)),
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  policyFingerprint: policyFingerprint({ version: env.POLICY_VERSION, digest: env.POLICY_DIGEST }),
  metrics: metrics(env.METRIC_NAMESPACE),
  now: systemClock,
};
const log = logger();
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
    if (outcome?.status === 'rejected') log.error('retry failed', { errorName: errorName(outcome.reason) });
    return outcome?.status !== 'fulfilled' || !outcome.value;
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
});
