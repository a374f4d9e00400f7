import { type Guards, isObject, listOf } from '../guard.ts';
import type { conversations } from './table.ts';

const isTitle = (value: unknown): boolean => value === null || typeof value === 'string';

export const conversationGuards: Guards<typeof conversations> = {
  acks: {
    open: { conversationId: 'string' },
    members: { members: listOf((member) => typeof member === 'string'), revision: 'number' },
    conversations: { conversations: listOf(isObject) },
    title: { title: isTitle },
    mute: {},
    arrange: {},
  },
  pushes: {
    opened: {
      conversationId: 'string',
      kind: 'string',
      members: listOf((member) => typeof member === 'string'),
      lastSeq: 'number',
    },
    members: {
      conversationId: 'string',
      revision: 'number',
      added: listOf((member) => typeof member === 'string'),
      removed: listOf((member) => typeof member === 'string'),
      roles: isObject,
      by: 'string',
    },
    conversation: { conversationId: 'string' },
    title: { conversationId: 'string', seq: 'number', title: isTitle },
  },
};
