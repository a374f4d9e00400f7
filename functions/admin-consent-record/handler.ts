import * as z from 'zod';
import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { grantFrame } from '../../shared/protocol/consent/frames.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv(
  'CONSENT_TABLE',
  'CONVERSATION_TABLE',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'MINIMUM_AGE_OVERRIDES',
);
const db = documentClient();
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const ledger = consentStore(db, env.CONSENT_TABLE);
const deps = {
  ledger,
  memberships: membershipStore(db, env.CONVERSATION_TABLE),
  policy,
  overrides: env.MINIMUM_AGE_OVERRIDES,
  now: systemClock,
};
const { policyVersion, jurisdiction, birthDate, ageBand } = grantFrame.shape;

export const handler = operatorHandler(
  {
    command: 'consent record',
    schema: z.strictObject({
      userId,
      policyVersion,
      jurisdiction,
      birthDate,
      ageBand,
      ageMet: z.literal(true).optional(),
    }),
    subject: (input) => input.userId,
  },
  async ({ userId: id, ...request }) => {
    await grantConsent(deps, id, request);
    return showConsent(ledger, policy, id);
  },
);
