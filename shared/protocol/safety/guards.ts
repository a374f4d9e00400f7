import type { Guards } from '../guard.ts';
import type { safety } from './table.ts';

export const safetyGuards: Guards<typeof safety> = {
  acks: { block: {}, report: {} },
  pushes: { blocked: { userId: 'string', blocked: 'boolean' } },
};
