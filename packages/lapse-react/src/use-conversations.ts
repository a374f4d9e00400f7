import type { ConversationSummary } from 'lapse-client';
import { useMemo } from 'react';
import { useLapse } from './lapse-provider.ts';
import { keepRows } from './same.ts';
import { createStore } from './store.ts';
import { useStore } from './use-store.ts';

const none: readonly ConversationSummary[] = [];

/** All conversations, the newest first, with their last message and what is unread. A row is another object only when it says something else. */
export function useConversations(): readonly ConversationSummary[] {
  const client = useLapse();
  const store = useMemo(
    () =>
      createStore<readonly ConversationSummary[]>({
        read: client.conversations,
        keep: (before, now) => keepRows(before, now, ({ conversationId }) => conversationId),
        listen: (changed) => client.on('conversations', changed),
      }),
    [client],
  );
  return useStore(store, none);
}
