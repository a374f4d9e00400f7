import type { Member } from '../conversations/conversation.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import { isRoomId } from '../conversations/room-id.ts';
import type { WatchStore } from './watch-store.ts';

type Rows = Pick<ConversationStore, 'readMember'>;

/** Who watches a room reads there as a member of a conversation does. */
export function roomReaders<Store extends Rows>(
  conversations: Store,
  watches: Pick<WatchStore, 'find'>,
): Store {
  return {
    ...conversations,
    async readMember(conversationId: string, userId: string): Promise<Member | undefined> {
      if (!isRoomId(conversationId)) return conversations.readMember(conversationId, userId);
      const watch = await watches.find(userId, conversationId);
      return watch && { userId, readSeq: 0, ...(watch.held && { held: watch.held }) };
    },
  };
}
