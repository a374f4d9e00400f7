import { compose } from '../../shared/composition/compose.ts';
import { gateway } from '../../shared/composition/gateways.ts';
import { rates } from '../../shared/composition/rates.ts';
import { log, now, pause, policy } from '../../shared/composition/settings.ts';
import { connections, consent } from '../../shared/composition/stores.ts';
import { endDevice, listDevices } from '../../shared/connections/devices.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { devicesFrame } from '../../shared/protocol/session/frames.ts';

const deps = compose({ connections, gateway, log, now, pause, policy, rates, consent });

export const handler = frameHandler(
  { schema: devicesFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async ({ id, end }, { identity: { userId }, connectionId }) =>
    end === undefined
      ? listDevices(deps, { userId, connectionId })
      : endDevice(deps, { userId, connectionId, frameId: id }, end),
);
