import type { ConnectedStore } from '../../shared/stores/live/connected-store.ts';
import type { LiveStore } from '../../shared/stores/live/live-store.ts';

/** The index of large groups where there is none: for use cases that are about something else. */
export const noLiveGroups: LiveStore & Pick<ConnectedStore, 'leaveGroups'> = {
  listByGroup: async () => [],
  groupsOf: async () => [],
  noteGroups: async () => undefined,
  forgetGroups: async () => undefined,
  join: async () => undefined,
  leave: async () => undefined,
  leaveGroups: async () => undefined,
};
