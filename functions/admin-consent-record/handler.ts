import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import {
  ageAssurance,
  ageRefusalSeconds,
  minimumAgeOverrides,
  now,
  policy,
} from '../../shared/composition/settings.ts';
import { ageRefusals, ledger } from '../../shared/composition/stores.ts';
import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { grantFrame } from '../../shared/protocol/consent/frames.ts';
import { userId } from '../../shared/protocol/values.ts';

const deps = compose({
  ledger,
  ageRefusals,
  ageAssurance,
  ageRefusalSeconds,
  policy,
  overrides: minimumAgeOverrides,
  now,
});
const { policyVersion, jurisdiction, birthDate, ageBand } = grantFrame.shape;

export const handler = operatorHandler(
  {
    command: 'consent record',
    schema: z
      .strictObject({
        userId,
        policyVersion,
        jurisdiction,
        birthDate,
        ageBand,
        ageMet: z.literal(true).optional(),
        ageAttested: z.literal(true).optional(),
      })
      .refine(({ ageMet, ageAttested }) => ageMet === undefined || ageAttested === undefined, {
        path: ['ageAttested'],
        error: 'instead of ageMet, not with it',
      }),
    subject: (input) => input.userId,
  },
  async ({ userId: id, ageMet, ageAttested, ...request }) => {
    const vouchedFor = ageAttested ? 'attested' : ageMet && 'operator';
    await grantConsent(deps, id, { ...request, vouchedFor });
    return showConsent(deps.ledger, deps.policy, id);
  },
);
