import type { Guards } from '../guard.ts';
import type { media } from './table.ts';

export const mediaGuards: Guards<typeof media> = {
  acks: {
    upload: { mediaId: 'string' },
    // Without one where the client has only said that the bytes have arrived.
    download: { url: (url) => url === undefined || typeof url === 'string' },
  },
  pushes: {},
};
