import type { ConnectedStore } from '../../shared/stores/live/connected-store.ts';
import type { LiveStore } from '../../shared/stores/live/live-store.ts';
import type { WatchStore } from '../../shared/stores/live/watch-store.ts';
import type { RoomSendsStore } from '../../shared/stores/sends/room-sends-store.ts';

/** The index of large groups where there is none: for use cases that are about something else. */
export const noLiveGroups: LiveStore & Pick<ConnectedStore, 'leaveGroups'> = {
  listByGroup: async () => [],
  groupsOf: async () => [],
  notesOf: async () => ({ groups: [], watches: [] }),
  noteGroups: async () => [],
  endMembership: async () => undefined,
  forgetGroups: async () => undefined,
  join: async () => undefined,
  leave: async () => undefined,
  leaveGroups: async () => undefined,
};

/** Likewise the rooms that somebody watches. */
export const noWatches: Pick<WatchStore, 'remove' | 'count' | 'setHeld'> = {
  remove: async () => undefined,
  count: async () => undefined,
  setHeld: async () => undefined,
};

/** Somebody who has written in none. */
export const nothingInRooms: Pick<RoomSendsStore, 'listInRoom'> = {
  listInRoom: async () => ({ records: [] }),
};
