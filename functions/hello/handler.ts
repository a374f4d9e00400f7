import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { helloFrame } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'conversationTable',
  'consentTable',
  'policyVersion',
  'policyDigest',
  'policyUrl',
  'messagesStored',
  'messageRetentionSeconds',
  'handoverSeconds',
  'profilesStored',
  'profileRetentionSeconds',
  'limits',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const consent = currentConsent(consentStore(db, env.consentTable), policy);
const deps = {
  memberships: membershipStore(db, env.conversationTable),
  pageSize: env.limits.conversationsPage,
  retentionSeconds: env.messageRetentionSeconds,
  now: systemClock,
};
const service = {
  retention: {
    messages: {
      stored: env.messagesStored,
      seconds: env.messageRetentionSeconds,
      ...(env.handoverSeconds > 0 && { handoverSeconds: env.handoverSeconds }),
    },
    profiles: { stored: env.profilesStored, seconds: env.profileRetentionSeconds },
  },
  limits: env.limits,
};

export const handler = frameHandler(
  { schema: helloFrame, policy, needsConsent: false },
  async (frame, { identity }) => {
    const { userId, consented } = identity;
    const { cursors = {} } = frame;
    const state = await consent(userId);
    const conversations =
      consented && state === 'granted' ? await listConversations(deps, userId, { cursors }) : {};
    const result: HelloResult = {
      userId,
      consent: {
        state,
        policyVersion: policy.version,
        ...(env.policyUrl !== '' && { policyUrl: env.policyUrl }),
      },
      ...service,
      ...conversations,
    };
    return result;
  },
);
