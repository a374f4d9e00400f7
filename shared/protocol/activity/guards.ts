import type { Guards } from '../guard.ts';
import type { activity } from './table.ts';

const ofMember = { conversationId: 'string', userId: 'string' } as const;

export const activityGuards: Guards<typeof activity> = {
  acks: { read: {}, delivered: {}, typing: {} },
  pushes: {
    read: { ...ofMember, seq: 'number' },
    delivered: { ...ofMember, seq: 'number' },
    typing: ofMember,
  },
};
