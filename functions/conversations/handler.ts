import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { conversationsFrame } from '../../shared/protocol/conversations/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MESSAGE_RETENTION_SECONDS',
  'LIMITS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const deps = {
  memberships: membershipStore(documentClient(), env.CONVERSATION_TABLE),
  pageSize: env.LIMITS.conversationsPage,
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  now: systemClock,
};

export const handler = frameHandler(
  { schema: conversationsFrame, policy, needsConsent: true },
  async (frame, { identity }) =>
    listConversations(deps, identity.userId, frame.cursor === undefined ? {} : { after: frame.cursor }),
);
