import { endPushDevices as endPushDevicesOf } from '../notifications/end-push-devices.ts';
import type { Environment } from '../runtime/environment.ts';
import type { PushDevice } from '../stores/personal/push-device.ts';
import { pushTokenStore } from '../stores/personal/push-token-store.ts';
import { database } from './clients.ts';

/** Of a function that takes devices away, also where nobody is notified any more. */
export const endPushDevices = ({ personalTable }: Environment) => {
  const deps = { tokens: pushTokenStore(database(), { personal: personalTable }) };
  return async (userId: string, isMeant?: (device: PushDevice) => boolean) =>
    endPushDevicesOf(deps, userId, isMeant);
};
