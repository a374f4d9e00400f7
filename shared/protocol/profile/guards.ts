import { type Guards, isObject, listOf } from '../guard.ts';
import type { profiles } from './table.ts';

export const profileGuards: Guards<typeof profiles> = {
  acks: { profile: { profiles: listOf(isObject) } },
  pushes: {},
};
