import { listConversations } from '../../shared/conversations/list-conversations.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { helloFrame } from '../../shared/protocol/session/frames.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONVERSATION_TABLE',
  'CONSENT_TABLE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'POLICY_URL',
  'MESSAGES_STORED',
  'MESSAGE_RETENTION_SECONDS',
  'HANDOVER_SECONDS',
  'PROFILES_STORED',
  'PROFILE_RETENTION_SECONDS',
  'LIMITS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const consent = currentConsent(consentStore(db, env.CONSENT_TABLE), policy);
const deps = {
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  pageSize: env.LIMITS.conversationsPage,
  retentionSeconds: env.MESSAGE_RETENTION_SECONDS,
  now: systemClock,
};
const service = {
  retention: {
    messages: {
      stored: env.MESSAGES_STORED,
      seconds: env.MESSAGE_RETENTION_SECONDS,
      ...(env.HANDOVER_SECONDS > 0 && { handoverSeconds: env.HANDOVER_SECONDS }),
    },
    profiles: { stored: env.PROFILES_STORED, seconds: env.PROFILE_RETENTION_SECONDS },
  },
  limits: env.LIMITS,
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
        ...(env.POLICY_URL !== '' && { policyUrl: env.POLICY_URL }),
      },
      ...service,
      ...conversations,
    };
    return result;
  },
);
