import { randomUUID } from 'node:crypto';
import { authorizeErasure } from '../../shared/erasure/authorize-erasure.ts';
import type { ErasureJob } from '../../shared/erasure/erasure-job.ts';
import { requestErasure } from '../../shared/erasure/request-erasure.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { eraseFrame } from '../../shared/protocol/client-frames.ts';
import { documentClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { erasureStore } from '../../shared/stores/privacy/erasure-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'PRIVACY_TABLE',
  'ERASURE_QUEUE_URL',
  'MESSAGES_STORED',
  'MESSAGE_RETENTION_SECONDS',
  'PROFILES_STORED',
  'POLICY_VERSION',
  'POLICY_DIGEST',
);
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  messages: env.MESSAGES_STORED ? messageStore(db, readEnv('MESSAGE_TABLE').MESSAGE_TABLE) : undefined,
  profilesStored: env.PROFILES_STORED,
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  requests: erasureStore(db, env.PRIVACY_TABLE),
  holds: holdStore(db, env.PRIVACY_TABLE),
  queue: jobQueue<ErasureJob>(queueClient(), env.ERASURE_QUEUE_URL),
  now: systemClock,
  randomId: randomUUID,
};

export const handler = frameHandler(
  {
    schema: eraseFrame,
    policy: { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST },
    needsConsent: true,
  },
  async ({ action: _action, id: _id, ...target }, { identity: { userId } }) => {
    await authorizeErasure(deps, userId, target);
    return requestErasure(deps, userId, target, 'user');
  },
);
