import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { conversationsFrame } from '../../shared/protocol/conversations/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'policyVersion',
  'policyDigest',
  'messageRetentionSeconds',
  'limits',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const deps = {
  memberships: membershipStore(documentClient(), env.conversationTable),
  pageSize: env.limits.conversationsPage,
  retentionSeconds: env.messageRetentionSeconds,
  now: systemClock,
};

export const handler = frameHandler(
  { schema: conversationsFrame, policy, needsConsent: true },
  async (frame, { identity }) =>
    listConversations(deps, identity.userId, frame.cursor === undefined ? {} : { after: frame.cursor }),
);
