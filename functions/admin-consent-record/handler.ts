import * as z from 'zod';
import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { grantFrame } from '../../shared/protocol/consent/frames.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { membershipStore } from '../../shared/stores/conversations/membership-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'consentTable',
  'conversationTable',
  'policyVersion',
  'policyDigest',
  'minimumAgeOverrides',
);
const db = documentClient();
const policy = { version: env.policyVersion, digest: env.policyDigest };
const ledger = consentStore(db, env.consentTable);
const deps = {
  ledger,
  memberships: membershipStore(db, env.conversationTable),
  policy,
  overrides: env.minimumAgeOverrides,
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
