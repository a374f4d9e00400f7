import type { Guards } from '../guard.ts';
import type { exporting } from './table.ts';

export const exportGuards: Guards<typeof exporting> = {
  acks: { export: { requestId: 'string' } },
  pushes: { export: { url: 'string' } },
};
