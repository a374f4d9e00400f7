import * as z from 'zod';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';

const env = readEnvironment('consentTable', 'policyVersion', 'policyDigest');
const ledger = consentStore(documentClient(), env.consentTable);
const policy = { version: env.policyVersion, digest: env.policyDigest };

export const handler = operatorHandler(
  { command: 'consent show', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => showConsent(ledger, policy, input.userId),
);
