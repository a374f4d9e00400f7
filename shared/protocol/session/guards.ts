import { type Guards, isObject } from '../guard.ts';
import type { session } from './table.ts';

export const sessionGuards: Guards<typeof session> = {
  acks: { hello: { consent: isObject }, ping: { serverTime: 'number' } },
  pushes: { bye: { reconnect: 'boolean' } },
};
