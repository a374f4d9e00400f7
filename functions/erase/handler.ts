import { randomUUID } from 'node:crypto';
import { authorizeErasure } from '../../shared/erasure/authorize-erasure.ts';
import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { eraseFrame } from '../../shared/protocol/erasure/frames.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'privacyTable',
  'erasureQueueUrl',
  'messagesStored',
  'messageRetentionSeconds',
  'profilesStored',
  'policyVersion',
  'policyDigest',
);
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.conversationTable),
  memberships: membershipStore(db, env.conversationTable),
  messages: env.messagesStored ? messageStore(db, readEnvironment('messageTable').messageTable) : undefined,
  profilesStored: env.profilesStored,
  retentionSeconds: env.messageRetentionSeconds,
  requests: erasureStore(db, env.privacyTable),
  holds: holdStore(db, env.privacyTable),
  queue: jobQueue<ErasureJob>(queueClient(), env.erasureQueueUrl),
  now: systemClock,
  randomId: randomUUID,
};

export const handler = frameHandler(
  {
    schema: eraseFrame,
    policy: { version: env.policyVersion, digest: env.policyDigest },
    needsConsent: true,
  },
  async ({ action: _action, id: _id, ...target }, { identity: { userId } }) => {
    await authorizeErasure(deps, userId, target);
    return requestErasure(deps, userId, target, 'user');
  },
);
