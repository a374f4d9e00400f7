import * as z from 'zod';
import type { Feature } from '../feature.ts';
import { described, millis, type Sent, seconds } from '../reply-values.ts';
import { platforms, pushDevice, pushTokenFrame } from './frames.ts';

const registeredDevice = z.strictObject({
  device: pushDevice,
  platform: z.enum(platforms),
  registeredAt: described(millis, 'milliseconds since the epoch'),
  expiresAt: described(
    seconds,
    'seconds since the epoch: register again before, as with each start of the app',
  ),
});

const pushTokenResult = z
  .strictObject({ devices: z.array(registeredDevice) })
  .describe('all of your devices that are notified from now on; no token');

/** What brings a message to somebody who has no connection. */
export const notifications = {
  actions: {
    pushToken: {
      summary: 'has a device of yours notified of messages while you have no connection, or no more',
      frame: pushTokenFrame,
      result: pushTokenResult,
    },
  },
  pushes: {},
} satisfies Feature;

export type PushTokenResult = Sent<typeof pushTokenResult>;
