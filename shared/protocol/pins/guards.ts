import type { Guards } from '../guard.ts';
import type { pins } from './table.ts';

export const pinGuards: Guards<typeof pins> = {
  acks: { pin: { seq: 'number', rev: 'number' } },
  pushes: { pinned: { conversationId: 'string', seq: 'number', rev: 'number', on: 'boolean' } },
};
