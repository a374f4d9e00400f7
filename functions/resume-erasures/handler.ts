import middy from '@middy/core';
import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('CONVERSATION_TABLE', 'PRIVACY_TABLE', 'ERASURE_QUEUE_URL', 'METRIC_NAMESPACE');
const db = documentClient();
const deps = {
  requests: erasureStore(db, env.PRIVACY_TABLE),
  holds: holdStore(db, env.PRIVACY_TABLE),
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  queue: jobQueue<ErasureJob>(queueClient(), env.ERASURE_QUEUE_URL),
  now: systemClock,
};

const measured = metrics(env.METRIC_NAMESPACE);

export const handler = middy().handler(async () => {
  const age = await resumeErasures(deps);
  measured.put({ OldestOpenErasureAge: age });
});
