import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { consentFrame } from '../../shared/protocol/consent/frames.ts';
import type { ConsentResult } from '../../shared/protocol/consent/table.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'consentTable',
  'connectionTable',
  'conversationTable',
  'callbackUrl',
  'policyVersion',
  'policyDigest',
  'minimumAgeOverrides',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = {
  ledger: consentStore(db, env.consentTable),
  memberships: membershipStore(db, env.conversationTable),
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  policy,
  overrides: env.minimumAgeOverrides,
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
