import middy from '@middy/core';
import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('conversationTable', 'privacyTable', 'erasureQueueUrl', 'metricNamespace');
const db = documentClient();
const deps = {
  requests: erasureStore(db, env.privacyTable),
  holds: holdStore(db, env.privacyTable),
  memberships: membershipStore(db, env.conversationTable),
  queue: jobQueue<ErasureJob>(queueClient(), env.erasureQueueUrl),
  now: systemClock,
};

const measured = metrics(env.metricNamespace);

export const handler = middy().handler(async () => {
  const age = await resumeErasures(deps);
  measured.put({ OldestOpenErasureAge: age });
});
