import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { WatchStore } from '../stores/live/watch-store.ts';
import type { EpochSeconds } from '../time.ts';

/** For the operator's senders, who watch no room and may write in each: what the row of a watcher would say. */
export function writeAnywhere(conversations: Pick<ConversationStore, 'readHead'>): Pick<WatchStore, 'find'> {
  return {
    async find(userId, conversationId) {
      const head = await conversations.readHead(conversationId);
      if (head === undefined) return undefined;
      const { retention } = head;
      return {
        ...{ userId, conversationId, connectionId: '', shard: 0 },
        expiresAt: Number.MAX_SAFE_INTEGER as EpochSeconds,
        ...(retention !== undefined && { retention }),
      };
    },
  };
}
