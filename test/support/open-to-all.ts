import type { Admitted } from '../../shared/reach/admit-named.ts';

/** Everybody may be reached, has agreed, and blocks nobody: for use cases that are about something else. */
export const openToAll = {
  admit: async (): Promise<Admitted> => ({ waiting: [] }),
  awaited: { note: async () => undefined },
  waitingRows: { setWaiting: async () => undefined, listWaiting: async () => [] },
  blocks: { blocks: async () => false, blockersNow: async () => new Set<string>() },
  partnerConsent: async () => 'granted' as const,
  mentionAll: 'admins' as const,
};
