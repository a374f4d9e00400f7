import type { BasicClient, Outgoing, SendOptions } from 'lapse-client';
import { useMemo } from 'react';
import { type Client, useLapse } from './lapse-provider.ts';
import { keepRows } from './same.ts';
import { createStore, type Store } from './store.ts';
import { useStore } from './use-store.ts';

/** What has been written and is not among the messages yet. */
export type PendingMessage = Outgoing & {
  readonly status: 'sending' | 'failed';
  /** Why it failed: a `LapseError`, whose `retryable` says whether the same may succeed later. */
  readonly error?: unknown;
};

export type Sending = {
  /** The oldest first: show them behind the messages. */
  readonly pending: readonly PendingMessage[];
  /** Sends, through however many reconnects. It never rejects: what has failed is among `pending`. */
  readonly send: (content: Parameters<BasicClient['send']>[1], options?: SendOptions) => Promise<void>;
  /** Tries again what has failed, under the same id, so that it is there once. */
  readonly retry: (id: string) => Promise<void>;
  /** What has failed is not shown any more. */
  readonly discard: (id: string) => void;
};

const none: readonly PendingMessage[] = [];

function sendingStore(
  client: Client,
  conversationId: string,
): Store<readonly PendingMessage[]> & Omit<Sending, 'pending'> {
  const failed = new Map<string, PendingMessage>();
  let told: () => void = () => undefined;
  const store = createStore<readonly PendingMessage[]>({
    read: () => [
      ...failed.values(),
      ...client
        .unsent()
        .filter((each) => each.conversationId === conversationId)
        .map((each) => ({ ...each, status: 'sending' as const })),
    ],
    keep: (before, now) => keepRows(before, now, ({ id }) => id),
    listen(changed) {
      told = changed;
      // An outbox empties with its message; it is refused where the client is closed.
      const offs = [client.on('message', changed), client.on('state', changed)];
      return () => {
        told = () => undefined;
        for (const off of offs) off();
      };
    },
  });

  const send: Sending['send'] = async (content, options = {}) => {
    const id = options.id ?? newId();
    const body = typeof content === 'string' ? { type: 'text' as const, text: content } : content;
    try {
      const sent = client.send(conversationId, body, { ...options, id });
      told();
      await sent;
    } catch (error) {
      const { id: _id, ...rest } = options;
      failed.set(id, { ...rest, id, conversationId, content: body, status: 'failed', error });
    }
    told();
  };

  return {
    ...store,
    send,
    async retry(id) {
      const found = failed.get(id);
      if (found === undefined) return;
      failed.delete(id);
      const { conversationId: _where, content, status: _status, error: _error, mentions, ...rest } = found;
      const options = { ...rest, ...(mentions !== undefined && { mentions: [...mentions] }) };
      await send(content as Parameters<Sending['send']>[0], options);
    },
    discard(id) {
      if (failed.delete(id)) told();
    },
  };
}

/** 128 random bits in hex, as the client makes them. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sends into a conversation, and has what is still under way or has failed. */
export function useSend(conversationId: string): Sending {
  const client = useLapse();
  const { subscribe, get, send, retry, discard } = useMemo(
    () => sendingStore(client, conversationId),
    [client, conversationId],
  );
  const store = useMemo(() => ({ subscribe, get }), [subscribe, get]);
  const pending = useStore(store, none);
  return useMemo(() => ({ pending, send, retry, discard }), [pending, send, retry, discard]);
}
