import { type Guards, isObject, listOf } from '../guard.ts';
import type { erasure } from './table.ts';

export const erasureGuards: Guards<typeof erasure> = {
  acks: { erase: { requestId: 'string' } },
  pushes: {
    erased: { conversationId: 'string', seqs: listOf(Number.isInteger) },
    erasure: { state: 'string', stores: listOf(isObject) },
  },
};
