import { type Guards, isObject, listOf } from '../guard.ts';
import type { session } from './table.ts';

export const sessionGuards: Guards<typeof session> = {
  acks: {
    hello: { consent: isObject },
    ping: { serverTime: 'number' },
    devices: { devices: listOf(isObject) },
  },
  pushes: { bye: { reconnect: 'boolean' } },
};
