import { compose } from '../../shared/composition/compose.ts';
import { gateway } from '../../shared/composition/gateways.ts';
import { endPresence } from '../../shared/composition/presence.ts';
import { endPushDevices } from '../../shared/composition/push-devices.ts';
import { rates } from '../../shared/composition/rates.ts';
import {
  ageAssurance,
  ageRefusalSeconds,
  log,
  minimumAgeOverrides,
  now,
  pause,
  policy,
} from '../../shared/composition/settings.ts';
import { ageRefusals, connections, ledger, withdrawals } from '../../shared/composition/stores.ts';
import { grantConsent } from '../../shared/consent/grant-consent.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { consentFrame } from '../../shared/protocol/consent/frames.ts';
import type { ConsentResult } from '../../shared/protocol/consent/table.ts';

const deps = compose({
  ledger,
  withdrawals,
  connections,
  endPresence,
  endPushDevices,
  gateway,
  policy,
  rates,
  ageRefusals,
  ageAssurance,
  ageRefusalSeconds,
  overrides: minimumAgeOverrides,
  log,
  now,
  pause,
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
