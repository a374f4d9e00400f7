import { type Guards, isObject, listOf } from '../guard.ts';
import type { notifications } from './table.ts';

export const notificationGuards: Guards<typeof notifications> = {
  acks: { pushToken: { devices: listOf(isObject) } },
  pushes: {},
};
