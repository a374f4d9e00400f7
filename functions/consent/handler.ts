import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { ageAssurance, ageRefusalSeconds, minimumAgeOverrides } from '../../shared/composition/settings.ts';
import { ageRefusals } from '../../shared/composition/stores.ts';
import { withdrawing } from '../../shared/composition/withdrawing.ts';
import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { consentFrame } from '../../shared/protocol/consent/frames.ts';
import type { ConsentResult } from '../../shared/protocol/consent/table.ts';

const deps = compose({
  ...withdrawing,
  rates,
  ageRefusals,
  ageAssurance,
  ageRefusalSeconds,
  overrides: minimumAgeOverrides,
});

export const handler = frameHandler(
  { schema: consentFrame, policy: deps.policy, rates: deps.rates, consent: 'not needed' },
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
