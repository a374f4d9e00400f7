import { useMemo } from 'react';
import type { Client } from './lapse-provider.ts';
import { useLapse } from './lapse-provider.ts';
import { keepList } from './same.ts';
import { createStore, type Store } from './store.ts';
import { useStore } from './use-store.ts';

export type Typing = {
  /** Who is writing there, in the order in which they began. */
  readonly typing: readonly string[];
  /** Call it with every key: the others are told once in a while. */
  readonly tell: () => void;
};

/** Who writes on says so every three seconds. */
const shownMs = 6_000;
const nobody: readonly string[] = [];

function typingStore(client: Client, conversationId: string): Store<readonly string[]> {
  const writing = new Map<string, ReturnType<typeof setTimeout>>();
  return createStore<readonly string[]>({
    read: () => [...writing.keys()],
    keep: keepList,
    listen(changed) {
      function stopped(userId: string): void {
        clearTimeout(writing.get(userId));
        if (writing.delete(userId)) changed();
      }
      const offs = [
        client.on('typing', (push) => {
          if (push.conversationId !== conversationId) return;
          clearTimeout(writing.get(push.userId));
          writing.set(
            push.userId,
            setTimeout(() => stopped(push.userId), shownMs),
          );
          changed();
        }),
        // What they have written is there.
        client.on('message', ({ conversationId: where, from }) => {
          if (where === conversationId) stopped(from);
        }),
      ];
      return () => {
        for (const off of offs) off();
        for (const timer of writing.values()) clearTimeout(timer);
        writing.clear();
      };
    },
  });
}

/** Who is writing in a conversation, and how the others learn that the person here is. */
export function useTyping(conversationId: string): Typing {
  const client = useLapse();
  const store = useMemo(() => typingStore(client, conversationId), [client, conversationId]);
  const typing = useStore(store, nobody);
  return useMemo(
    () => ({ typing, tell: () => client.typing(conversationId) }),
    [client, conversationId, typing],
  );
}
