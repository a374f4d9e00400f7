import middy from '@middy/core';
import * as z from 'zod';
import { retryPush } from '../../shared/messages/retry-push.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { errorName } from '../../shared/runtime/error-name.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'messageTable',
  'conversationTable',
  'connectionTable',
  'callbackUrl',
  'metricNamespace',
  'messageRetentionSeconds',
  'policyVersion',
  'policyDigest',
);
const db = documentClient();
const deps = {
  messages: messageStore(db, env.messageTable),
  conversations: conversationStore(db, env.conversationTable),
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  retentionSeconds: env.messageRetentionSeconds,
  policyFingerprint: policyFingerprint({ version: env.policyVersion, digest: env.policyDigest }),
  metrics: metrics(env.metricNamespace),
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
