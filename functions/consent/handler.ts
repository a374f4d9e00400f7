import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { consentFrame } from '../../shared/protocol/consent/frames.ts';
import type { ConsentResult } from '../../shared/protocol/consent/table.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONSENT_TABLE',
  'CONNECTION_TABLE',
  'CONVERSATION_TABLE',
  'CALLBACK_URL',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MINIMUM_AGE_OVERRIDES',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const db = documentClient();
const deps = {
  ledger: consentStore(db, env.CONSENT_TABLE),
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  connections: connectionStore(db, env.CONNECTION_TABLE),
  gateway: connectionGateway(managementClient(env.CALLBACK_URL)),
  policy,
  overrides: env.MINIMUM_AGE_OVERRIDES,
  now: systemClock,
};

export const handler = frameHandler(
  { schema: consentFrame, policy, needsConsent: false },
  async (frame, { identity: { userId }, connectionId }) => {
    if (frame.decision === 'grant') {
      await grantConsent(deps, userId, frame);
      const granted: ConsentResult = { state: 'granted' };
      return granted;
    }
    // The socket is cut in the same invocation, so the ack goes ahead as a post and there is no route response.
    await withdrawConsent(deps, userId, { connectionId, frameId: frame.id });
    return undefined;
  },
);
