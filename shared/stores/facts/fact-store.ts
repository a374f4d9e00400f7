import type { Receipt } from '../../protocol/erasure/table.ts';
import type { Change } from '../changes/change.ts';
import type { ConsentEntry } from '../consents/consent-entry.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import type { Database } from '../dynamodb/database.ts';
import type { Message } from '../messages/message.ts';
import { type MessageHeader, toHeader } from '../messages/message-header.ts';
import { toMessage } from '../messages/message-store.ts';
import { receiptKey } from '../privacy/privacy-keys.ts';
import type { DecisionRecord } from '../reports/report.ts';
import { decisionKey, toDecision } from '../reports/report-item.ts';

export type MessageKey = Pick<Message, 'conversationId' | 'seq'>;
/** Whether it may be read is for the caller to say. */
export type StoredMessage = { readonly header: MessageHeader; readonly message: Message };

/**
 * The rows that facts are about, by their keys, in no order; what is not there any more is left out. All reads are strongly
 * consistent: a stream may tell of a row that another replica does not have yet.
 */
export type FactStore = {
  messages(keys: readonly MessageKey[]): Promise<readonly StoredMessage[]>;
  changes(keys: readonly Pick<Change, 'conversationId' | 'rev'>[]): Promise<readonly Change[]>;
  consents(keys: readonly Pick<ConsentEntry, 'userId' | 'entry'>[]): Promise<readonly ConsentEntry[]>;
  decisions(reportIds: readonly string[]): Promise<readonly DecisionRecord[]>;
  receipts(keys: readonly ReceiptOf[]): Promise<readonly (Receipt & ReceiptOf)[]>;
};

export type ReceiptOf = { readonly userId: string; readonly requestId: string };

export type FactTables = Readonly<Record<'consents' | 'privacy', string>> &
  Readonly<Record<'messages' | 'changes' | 'reports', string | undefined>>;

export function factStore(db: Database, tables: FactTables): FactStore {
  return {
    messages: async (keys) =>
      (await rows(tables.messages, keys, ({ conversationId, seq }) => ({ conversationId, seq }))).map(
        (item) => ({ header: toHeader(item), message: toMessage(item) }),
      ),

    changes: async (keys) =>
      (await rows(tables.changes, keys, ({ conversationId, rev }) => ({ conversationId, rev }))).map(
        (item) => item as Change,
      ),

    consents: async (keys) =>
      (await rows(tables.consents, keys, ({ userId, entry }) => ({ userId, entry }))).map(
        (item) => item as ConsentEntry,
      ),

    decisions: async (reportIds) => (await rows(tables.reports, reportIds, decisionKey)).map(toDecision),

    async receipts(keys) {
      const found = await rows(tables.privacy, keys, ({ userId, requestId }) =>
        receiptKey(userId, requestId),
      );
      return keys.flatMap(({ userId, requestId }) => {
        const { record, at } = receiptKey(userId, requestId);
        const item = found.find((each) => each['record'] === record && each['at'] === at);
        return item === undefined ? [] : [{ ...(item as Receipt), userId, requestId }];
      });
    },
  };

  async function rows<Key>(
    TableName: string | undefined,
    keys: readonly Key[],
    keyOf: (key: Key) => Record<string, unknown>,
  ): Promise<readonly Record<string, unknown>[]> {
    if (TableName === undefined || keys.length === 0) return [];
    // DynamoDB refuses a call that names a key twice.
    const once = new Map(keys.map((key) => [JSON.stringify(keyOf(key)), keyOf(key)]));
    return batchGet(db, { TableName, Keys: [...once.values()], ConsistentRead: true });
  }
}
