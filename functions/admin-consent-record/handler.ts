import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { minimumAgeOverrides, now, policy } from '../../shared/composition/settings.ts';
import { ledger, memberships } from '../../shared/composition/stores.ts';
import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { grantFrame } from '../../shared/protocol/consent/frames.ts';
import { userId } from '../../shared/protocol/values.ts';

const deps = compose({ ledger, conversations: memberships, policy, overrides: minimumAgeOverrides, now });
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
    return showConsent(deps.ledger, deps.policy, id);
  },
);
