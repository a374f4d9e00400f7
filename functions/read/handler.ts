import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { markRead } from '../../shared/messages/mark-read.ts';
import { readFrame } from '../../shared/protocol/activity/frames.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { messageStore } from '../../shared/stores/messages/message-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'connectionTable',
  'callbackUrl',
  'metricNamespace',
  'policyVersion',
  'policyDigest',
  'messagesStored',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.conversationTable),
  memberships: membershipStore(db, env.conversationTable),
  messages: env.messagesStored ? messageStore(db, readEnvironment('messageTable').messageTable) : undefined,
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.metricNamespace),
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
