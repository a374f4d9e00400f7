import type { Guards } from '../guard.ts';
import type { settings } from './table.ts';

const all = { reads: 'boolean', deliveries: 'boolean', presence: 'string', lastActive: 'string' } as const;

export const settingsGuards: Guards<typeof settings> = {
  acks: { settings: all },
  pushes: { settings: all },
};
