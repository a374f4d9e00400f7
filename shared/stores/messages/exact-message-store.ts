import { batchGet } from '../dynamodb/batch-get.ts';
import type { Database } from '../dynamodb/database.ts';
import type { Message } from './message.ts';
import { type MessageHeader, toHeader } from './message-header.ts';
import { toMessage } from './message-store.ts';

/** A message as it is stored; whether somebody may read it is for whoever asks to say. A tombstone has no content. */
export type StoredMessage = { readonly header: MessageHeader; readonly message: Message };

export type ExactMessageStore = {
  /** Those that are there, in no order; strongly consistent. */
  readExactly(conversationId: string, seqs: readonly number[]): Promise<readonly StoredMessage[]>;
};

export function exactMessageStore(db: Database, TableName: string): ExactMessageStore {
  return {
    async readExactly(conversationId, seqs) {
      if (seqs.length === 0) return [];
      const Keys = [...new Set(seqs)].map((seq) => ({ conversationId, seq }));
      const items = await batchGet(db, { TableName, Keys, ConsistentRead: true });
      return items.map((item) => ({ header: toHeader(item), message: toMessage(item) }));
    },
  };
}
