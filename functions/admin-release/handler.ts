import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { resumeErasures } from '../../shared/erasure/resume-erasures.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { holdTarget } from '../../shared/holds/hold-target.ts';
import { setHold } from '../../shared/holds/set-hold.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { holdKey } from '../../shared/stores/privacy/privacy-keys.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'privacyTable',
  'holdQueueUrl',
  'erasureQueueUrl',
  'messagesStored',
  'profilesStored',
);
const db = documentClient();
const queues = queueClient();
const deps = {
  holds: holdStore(db, env.privacyTable),
  requests: erasureStore(db, env.privacyTable),
  memberships: membershipStore(db, env.conversationTable),
  queue: jobQueue<ErasureJob>(queues, env.erasureQueueUrl),
  work: jobQueue(queues, env.holdQueueUrl),
  stored: { messages: env.messagesStored, profiles: env.profilesStored },
  now: systemClock,
};

export const handler = operatorHandler(
  { command: 'release', schema: holdTarget, subject: (target) => holdKey(target).at },
  async (target) => {
    const report = await setHold(deps, target, 'releasing');
    // At once; the schedule would come to it too.
    await resumeErasures(deps);
    return report;
  },
);
