import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { erasureTarget } from '../../shared/protocol/erasure/erasure-target.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('conversationTable', 'privacyTable', 'erasureQueueUrl');
const db = documentClient();
const deps = {
  requests: erasureStore(db, env.privacyTable),
  holds: holdStore(db, env.privacyTable),
  memberships: membershipStore(db, env.conversationTable),
  queue: jobQueue<ErasureJob>(queueClient(), env.erasureQueueUrl),
  now: systemClock,
  randomId: randomUUID,
};

export const handler = operatorHandler(
  {
    command: 'user erase',
    schema: z.strictObject({ userId, target: erasureTarget }),
    subject: (input) => input.userId,
  },
  async ({ userId: id, target }) => ({
    userId: id,
    ...(await requestErasure(deps, id, target, 'operator')),
  }),
);
