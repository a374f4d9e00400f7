import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { announceTyping } from '../../shared/messages/announce-typing.ts';
import { messageRate } from '../../shared/messages/message-rate.ts';
import { typingFrame } from '../../shared/protocol/activity/frames.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import type { NoResult } from '../../shared/protocol/reply-values.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { policyFingerprint } from '../../shared/stores/consents/consent-entry.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'connectionTable',
  'callbackUrl',
  'metricNamespace',
  'policyVersion',
  'policyDigest',
  'limits',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.conversationTable),
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  policyFingerprint: policyFingerprint(policy),
  metrics: metrics(env.metricNamespace),
  now: systemClock,
};
/** As of messages: one frame becomes a post to everybody. */
const mayYetType = messageRate(env.limits.messagesPerSecond, env.limits.messagesBurst, systemClock);

export const handler = frameHandler(
  { schema: typingFrame, policy, needsConsent: true },
  async (frame, { identity: { userId } }) => {
    if (!mayYetType(userId)) throw new ProtocolError('RATE_LIMITED');
    await announceTyping(deps, userId, frame);
    const nothing: NoResult = {};
    return nothing;
  },
);
