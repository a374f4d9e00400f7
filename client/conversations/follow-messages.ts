import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { LapseClient } from '../lapse-client-type.ts';

export type FollowOptions = {
  /** Begins behind that number; without it, with what comes from now on. */
  readonly after?: number;
  readonly signal?: AbortSignal;
};

/** So many are looked up at a time. */
const pageSize = 50;

/**
 * The messages of a conversation one after the other, for as long as you take them: until the signal is aborted or the client is closed.
 * However slowly you do, none is left out and none is queued for you: each is taken from `messages()` when you ask for it. What has ended,
 * or was erased, before its turn does not come.
 */
export async function* followMessages(
  client: Pick<LapseClient, 'messages' | 'on' | 'state'>,
  conversationId: string,
  { after, signal }: FollowOptions = {},
): AsyncGenerator<MessageBody, void, undefined> {
  let last = after ?? client.messages(conversationId).at(-1)?.seq ?? 0;
  let changed = false;
  let wake: () => void = () => undefined;
  const isOver = () => signal?.aborted === true || client.state().name === 'closed';
  const look = () => {
    changed = true;
    wake();
  };
  // Those that were looked up may have changed meanwhile, or be gone.
  const off = (['message', 'changed', 'reacted', 'pinned', 'expired', 'erased', 'state'] as const).map(
    (name) => client.on(name, look),
  );
  signal?.addEventListener('abort', look);
  try {
    while (!isOver()) {
      changed = false;
      const page = client
        .messages(conversationId)
        .filter(({ seq }) => seq > last)
        .slice(0, pageSize);
      for (const message of page) {
        if (changed || isOver()) break;
        last = message.seq;
        yield message;
      }
      if (page.length === 0 && !changed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    signal?.removeEventListener('abort', look);
    for (const end of off) end();
  }
}
