import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { policy } from '../../shared/composition/settings.ts';
import { ledger } from '../../shared/composition/stores.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';

const deps = compose({ ledger, policy });

export const handler = operatorHandler(
  { command: 'consent show', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => showConsent(deps.ledger, deps.policy, input.userId),
);
