import type { Guards } from '../guard.ts';
import type { consent } from './table.ts';

export const consentGuards: Guards<typeof consent> = {
  acks: { consent: { state: 'string' } },
  pushes: {},
};
