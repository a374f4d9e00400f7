import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import {
  directConversationId,
  plainDirectConversationId,
} from '../stores/conversations/direct-conversation-id.ts';

/** Those of the owners to whom the viewer is a contact: who have opened a direct conversation with them, or written in it. */
export type ContactsAmong = (viewer: string, owners: readonly string[]) => Promise<ReadonlySet<string>>;

export type ContactsAmongDeps = {
  readonly conversations: Pick<ConversationStore, 'listEngaged'>;
  /** Undefined while nobody has opened a direct conversation. */
  readonly idSecret: () => Promise<Uint8Array | undefined>;
};

/** Whatever the viewer does counts for nothing: the owner's own rows decide, two for each, in one call. */
export function contactsAmong({ conversations, idSecret }: ContactsAmongDeps): ContactsAmong {
  return async (viewer, owners) => {
    if (owners.length === 0) return new Set();
    const secret = await idSecret();
    const rows = owners.flatMap((userId) => {
      const plain = plainDirectConversationId(viewer, userId);
      const ids = secret === undefined ? [plain] : [directConversationId(secret, viewer, userId), plain];
      return ids.map((conversationId) => ({ conversationId, userId }));
    });
    return conversations.listEngaged(rows);
  };
}
