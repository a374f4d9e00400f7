import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { markRead } from '../../shared/messages/mark-read.ts';
import { readFrame } from '../../shared/protocol/client-frames.ts';
import type { NoResult } from '../../shared/protocol/server-frames.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'CONNECTION_TABLE',
  'CALLBACK_URL',
  'METRIC_NAMESPACE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MESSAGES_STORED',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  messages: env.MESSAGES_STORED ? messageStore(db, readEnv('MESSAGE_TABLE').MESSAGE_TABLE) : undefined,
  connections: connectionStore(db, env.CONNECTION_TABLE),
  gateway: connectionGateway(managementClient(env.CALLBACK_URL)),
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.METRIC_NAMESPACE),
  now: systemClock,
};

export const handler = frameHandler(
  { schema: readFrame, policy, needsConsent: true },
  async (frame, { identity: { userId }, connectionId }) => {
    await markRead(deps, { userId, connectionId }, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);
