import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { withdrawing } from '../../shared/composition/withdrawing.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';

const deps = compose(withdrawing);

export const handler = operatorHandler(
  { command: 'consent withdraw', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => {
    await withdrawConsent(deps, input.userId);
    return showConsent(deps.ledger, deps.policy, input.userId);
  },
);
