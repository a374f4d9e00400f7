import type { Guards } from '../guard.ts';
import type { activity } from './table.ts';

const ofMember = { conversationId: 'string', userId: 'string' } as const;

export const activityGuards: Guards<typeof activity> = {
  acks: { read: {}, typing: {} },
  pushes: { read: { ...ofMember, seq: 'number' }, typing: ofMember },
};
