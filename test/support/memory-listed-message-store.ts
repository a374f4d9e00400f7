import type { ListedHeader, ListedMessageStore } from '../../shared/stores/messages/listed-message-store.ts';
import type { StoredMessage } from './memory-message-store.ts';
import { direct, type Step } from './step.ts';

/** What lists look up of messages that are in memory. */
export function memoryListedMessageStore(
  messagesOf: (conversationId: string) => ReadonlyMap<number, StoredMessage>,
  step: Step = direct,
): ListedMessageStore {
  return {
    newest: async (conversationId, { after, before, limit }) =>
      step(() => {
        const rows = [...messagesOf(conversationId).values()]
          .filter(({ seq }) => seq > after && seq < before)
          .toSorted((one, other) => other.seq - one.seq);
        return { headers: rows.slice(0, limit).map(header), more: rows.length > limit };
      }),
    find: async (keys) =>
      step(() =>
        keys.flatMap(({ conversationId, seq }) => {
          const message = messagesOf(conversationId).get(seq);
          return message === undefined ? [] : [{ header: header(message), message }];
        }),
      ),
  };
}

function header({ content, erasedAt, from, ...message }: StoredMessage): ListedHeader {
  const { conversationId, seq, id, sentAt, expiresAt, mentions, mentionsAll } = message;
  return {
    ...{ conversationId, seq, sentAt, expiresAt, held: false },
    ...(erasedAt === undefined ? { id, from, type: content.type } : { tombstonedAt: erasedAt }),
    ...(mentions !== undefined && { mentions }),
    ...(mentionsAll !== undefined && { mentionsAll }),
  };
}
