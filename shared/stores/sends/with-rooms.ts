import type { ConversationStore, IdPage } from '../conversations/conversation-store.ts';
import type { RoomSendsStore } from './room-sends-store.ts';

type Listing = Pick<ConversationStore, 'listIds'>;

/** What somebody is a member of, and in the order of ids between them the rooms in which they have written. */
export function withRooms<Store extends Listing>(
  conversations: Store,
  sends: Pick<RoomSendsStore, 'nextRoom'>,
): Store {
  return {
    ...conversations,
    async listIds(userId: string, limit: number, after?: string): Promise<IdPage> {
      const page = await conversations.listIds(userId, limit, after);
      const rooms: string[] = [];
      let room = await sends.nextRoom(userId, after);
      while (room !== undefined && rooms.length < limit && !(page.next !== undefined && room > page.next)) {
        rooms.push(room);
        room = await sends.nextRoom(userId, room);
      }
      if (rooms.length === 0)
        return room === undefined || page.next !== undefined ? page : { ids: [], next: room };
      const all = [...new Set([...page.ids, ...rooms])].sort();
      const ids = all.slice(0, limit);
      const last = ids.at(-1);
      const isMore = ids.length < all.length || page.next !== undefined || room !== undefined;
      return { ids, ...(isMore && last !== undefined && { next: last }) };
    },
  };
}
