import { useMemo } from 'react';
import { useLapse } from './lapse-provider.ts';
import { type MessageListState, messageList } from './message-list.ts';
import { useStore } from './use-store.ts';

export type Messages = MessageListState & {
  /** Asks for the page before the first message; call it when that comes into view. It never rejects: see `error`. */
  readonly loadOlder: () => Promise<void>;
  /** The person has seen these: the server is told, and by it their other devices and the others. */
  readonly markRead: () => void;
};

export type MessagesOptions = {
  /** Where fewer are here when the conversation is opened, the page before them is fetched; 30 without it, none with 0. */
  readonly atFirst?: number;
};

const empty: MessageListState = { messages: [], hasOlder: true, isLoading: false, error: undefined };

/**
 * The messages of a conversation in order and without gaps. Render these and keep no copy: they go when their time is over, or when they
 * are erased. A message is another object only when it says something else.
 */
export function useMessages(conversationId: string, { atFirst = 30 }: MessagesOptions = {}): Messages {
  const client = useLapse();
  const list = useMemo(() => messageList(client, conversationId, atFirst), [client, conversationId, atFirst]);
  const state = useStore(list, empty);
  return useMemo(
    () => ({ ...state, loadOlder: list.loadOlder, markRead: () => client.read(conversationId) }),
    [client, conversationId, list, state],
  );
}
