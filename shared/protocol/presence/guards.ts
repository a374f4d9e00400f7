import { type Guards, isObject, listOf } from '../guard.ts';
import type { presences } from './table.ts';

export const presenceGuards: Guards<typeof presences> = {
  acks: { presence: { presences: listOf(isObject) } },
  pushes: { presence: { userId: 'string', online: 'boolean' } },
};
