import { isReadable } from '../../shared/stores/expiry/expiry.ts';
import type { Message } from '../../shared/stores/messages/message.ts';
import {
  comingsIn,
  isShownTo,
  type MessageHeader,
  mediaIn,
} from '../../shared/stores/messages/message-header.ts';
import type { Authored, MessageStore, Range } from '../../shared/stores/messages/message-store.ts';
import type { EpochMillis } from '../../shared/time.ts';
import { direct, type Step } from './step.ts';

/** A tombstone is nobody's, and says nothing. */
export type StoredMessage = Message & {
  readonly erasedAt?: EpochMillis;
  readonly hiddenFor?: readonly string[];
};

/** The rows of one conversation. */
export type MessageRows = {
  readonly messages: Map<number, StoredMessage>;
  /** Stored without a time to live. */
  readonly timeless: Set<number>;
};

export type MemoryMessageOptions = {
  readonly step?: Step;
  /** DynamoDB ends a page where it likes to: here soon, whatever limit is asked for. */
  readonly pageSize?: number;
  /** Told of each message that gets its number, and of each that is to become a tombstone. */
  readonly onAppend?: (message: Message) => void;
  readonly onTombstone?: (message: Authored) => void;
};

/** In memory, with the consistency that DynamoDB gives to single items: each of them is an effect of its own. */
export function memoryMessageStore(
  rowsOf: (conversationId: string) => MessageRows,
  { step = direct, pageSize = 1, onAppend, onTombstone }: MemoryMessageOptions = {},
): MessageStore {
  const store: MessageStore = {
    get: async (conversationId, seq, retention, reader) =>
      (await store.readable(conversationId, { after: seq - 1, before: seq + 1 }, retention, reader))
        .messages[0],

    readable: async (conversationId, range, retention, reader) => {
      const { rows, more } = await step(() => page(conversationId, range));
      const ruling = await retention();
      const readable = rows.filter(
        ({ erasedAt, ...row }) =>
          isReadable({ ...row, ...tombstoned(erasedAt) }, ruling) &&
          (reader === 'anyone' || isShownTo(row, reader.userId)),
      );
      const messages = readable.map(({ hiddenFor: _hiddenFor, ...message }) => message);
      return { messages, reached: rows.at(-1)?.seq, more, reacted: [] };
    },

    headers: async (conversationId, range) =>
      step(() => {
        const { rows, more } = page(conversationId, range);
        return { headers: rows.map(header), more };
      }),

    append: async (message, held, hiddenFor = []) =>
      step(() => {
        const { messages, timeless } = rowsOf(message.conversationId);
        const occupant = messages.get(message.seq);
        if (occupant !== undefined) return header(occupant);
        messages.set(message.seq, { ...message, ...(hiddenFor.length > 0 && { hiddenFor }) });
        if (held) timeless.add(message.seq);
        onAppend?.(message);
        return undefined;
      }),

    tombstone: async (message, erasedAt) =>
      step(() => {
        const { conversationId, seq, from, sentAt, expiresAt } = message;
        const { messages, timeless } = rowsOf(conversationId);
        const row = messages.get(seq);
        if (row === undefined || row.erasedAt !== undefined || row.from !== from) return false;
        onTombstone?.(message);
        const empty = { id: '', from: '', content: { type: 'text', text: '' } } as const;
        messages.set(seq, { conversationId, seq, sentAt, expiresAt, erasedAt, ...empty });
        timeless.delete(seq);
        return true;
      }),

    setHeld: async ({ conversationId, seq }, held, _at) =>
      step(() => {
        const { messages, timeless } = rowsOf(conversationId);
        if (!messages.has(seq) || timeless.has(seq) === held) return false;
        if (held) timeless.add(seq);
        else timeless.delete(seq);
        return true;
      }),

    // A batch is no transaction.
    async delete(headers) {
      for (const { conversationId, seq } of headers) {
        const { messages, timeless } = rowsOf(conversationId);
        await step(() => {
          messages.delete(seq);
          timeless.delete(seq);
        });
      }
    },
  };
  return store;

  function page(
    conversationId: string,
    { after = 0, before = Infinity, limit = Infinity, newestFirst = false }: Range,
  ) {
    const inRange = [...rowsOf(conversationId).messages.values()]
      .filter(({ seq }) => seq > after && seq < before)
      .sort((one, other) => (newestFirst ? other.seq - one.seq : one.seq - other.seq));
    const size = Math.min(limit, pageSize);
    return { rows: inRange.slice(0, size), more: inRange.length > size };
  }

  function header(row: StoredMessage): MessageHeader {
    const { conversationId, seq, id, from, sentAt, expiresAt, content, erasedAt, hiddenFor } = row;
    const held = rowsOf(conversationId).timeless.has(seq);
    const times = { conversationId, seq, sentAt, expiresAt, held };
    if (erasedAt !== undefined) return { ...times, ...tombstoned(erasedAt) };
    return {
      ...times,
      id,
      from,
      ...mediaIn(content),
      ...comingsIn(content),
      ...(hiddenFor && { hiddenFor }),
    };
  }
}

function tombstoned(at: EpochMillis | undefined) {
  return at === undefined ? {} : { tombstonedAt: at };
}
