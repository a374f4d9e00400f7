import * as z from 'zod';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';

const env = readEnv('CONSENT_TABLE', 'POLICY_VERSION', 'POLICY_DIGEST');
const ledger = consentStore(documentClient(), env.CONSENT_TABLE);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };

export const handler = operatorHandler(
  { command: 'consent show', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => showConsent(ledger, policy, input.userId),
);
