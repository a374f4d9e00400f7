import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { gateway } from '../../shared/composition/gateways.ts';
import { endPresence } from '../../shared/composition/presence.ts';
import { endPushDevices } from '../../shared/composition/push-devices.ts';
import { log, now, pause, policy } from '../../shared/composition/settings.ts';
import { connections, ledger, withdrawals } from '../../shared/composition/stores.ts';
import { showConsent } from '../../shared/consent/show-consent.ts';
import { withdrawConsent } from '../../shared/consent/withdraw-consent.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { userId } from '../../shared/protocol/values.ts';

const deps = compose({
  ledger,
  withdrawals,
  connections,
  endPresence,
  endPushDevices,
  gateway,
  policy,
  log,
  now,
  pause,
});

export const handler = operatorHandler(
  { command: 'consent withdraw', schema: z.strictObject({ userId }), subject: (input) => input.userId },
  async (input) => {
    await withdrawConsent(deps, input.userId);
    return showConsent(deps.ledger, deps.policy, input.userId);
  },
);
