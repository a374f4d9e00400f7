import { randomBytes } from 'node:crypto';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { openFrame } from '../../shared/protocol/conversations/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'CONSENT_TABLE',
  'PRIVACY_TABLE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MESSAGE_RETENTION_SECONDS',
  'LIMITS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.CONVERSATION_TABLE),
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  consent: currentConsent(consentStore(db, env.CONSENT_TABLE), policy),
  holds: holdStore(db, env.PRIVACY_TABLE),
  limits: env.LIMITS,
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  now: systemClock,
  randomId: () => randomBytes(24).toString('base64url'),
};

export const handler = frameHandler(
  { schema: openFrame, policy, needsConsent: true },
  async (frame, { identity }) => openConversation(deps, identity.userId, frame),
);
