import { compose } from '../../shared/composition/compose.ts';
import { pushTokenSeconds } from '../../shared/composition/notifications.ts';
import { rates } from '../../shared/composition/rates.ts';
import { now, policy } from '../../shared/composition/settings.ts';
import { consent, ledger, registeredPushTokens } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { pushToken } from '../../shared/notifications/register-push-token.ts';
import { pushTokenFrame } from '../../shared/protocol/notifications/frames.ts';

const deps = compose({
  tokens: registeredPushTokens,
  tokenSeconds: pushTokenSeconds,
  ledger,
  policy,
  rates,
  consent,
  now,
});

export const handler = frameHandler(
  { schema: pushTokenFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async (frame, { identity: { userId } }) => pushToken(deps, userId, frame),
);
