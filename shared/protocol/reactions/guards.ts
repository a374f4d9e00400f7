import type { Guards } from '../guard.ts';
import { isObject, listOf } from '../guard.ts';
import type { reactions } from './table.ts';

const list = listOf(isObject);

export const reactionGuards: Guards<typeof reactions> = {
  acks: { react: { seq: 'number', rev: 'number', reactions: list } },
  pushes: { reacted: { conversationId: 'string', seq: 'number', rev: 'number', reactions: list } },
};
