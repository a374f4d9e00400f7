import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTyping } from '../../shared/messages/announce-typing.ts';
import { messageRate } from '../../shared/messages/message-rate.ts';
import { typingFrame } from '../../shared/protocol/client-frames.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import type { NoResult } from '../../shared/protocol/server-frames.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'CONNECTION_TABLE',
  'CALLBACK_URL',
  'METRIC_NAMESPACE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'LIMITS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  connections: connectionStore(db, env.CONNECTION_TABLE),
  gateway: connectionGateway(managementClient(env.CALLBACK_URL)),
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.METRIC_NAMESPACE),
  now: systemClock,
};
/** As of messages: one frame becomes a post to everybody. */
const mayYetType = messageRate(env.LIMITS.messagesPerSecond, env.LIMITS.messagesBurst, systemClock);

export const handler = frameHandler(
  { schema: typingFrame, policy, needsConsent: true },
  async (frame, { identity: { userId } }) => {
    if (!mayYetType(userId)) throw new ProtocolError('RATE_LIMITED');
    await announceTyping(deps, userId, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);
