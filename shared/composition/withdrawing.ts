import { gateway } from './gateways.ts';
import { endPresence } from './presence.ts';
import { endPushDevices } from './push-devices.ts';
import { log, now, pause, policy } from './settings.ts';
import { connections, ledger, withdrawals } from './stores.ts';

/** What it takes to end a consent: by the user, or by the operator. */
export const withdrawing = {
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
};
