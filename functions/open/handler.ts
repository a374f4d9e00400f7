import { randomBytes } from 'node:crypto';
import { openConversation } from '../../shared/conversations/open-conversation.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { openFrame } from '../../shared/protocol/conversations/frames.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { conversationStore } from '../../shared/stores/conversations/conversation-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { holdStore } from '../../shared/stores/privacy/hold-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'consentTable',
  'privacyTable',
  'policyVersion',
  'policyDigest',
  'messageRetentionSeconds',
  'limits',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = {
  conversations: conversationStore(db, env.conversationTable),
  memberships: membershipStore(db, env.conversationTable),
  consent: currentConsent(consentStore(db, env.consentTable), policy),
  holds: holdStore(db, env.privacyTable),
  limits: env.limits,
  retentionSeconds: env.messageRetentionSeconds,
  now: systemClock,
  randomId: () => randomBytes(24).toString('base64url'),
};

export const handler = frameHandler(
  { schema: openFrame, policy, needsConsent: true },
  async (frame, { identity }) => openConversation(deps, identity.userId, frame),
);
