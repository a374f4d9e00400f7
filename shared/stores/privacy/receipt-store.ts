import type { Receipt } from '../../protocol/erasure/table.ts';
import type { EpochSeconds } from '../../time.ts';
import { type Database, PutCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { receiptKey, receiptPartition } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';

export type ReceiptStore = {
  /** Of the same request the latest one stays. */
  put(userId: string, receipt: Receipt, expiresAt: EpochSeconds): Promise<void>;
  /** The user's, in no order. */
  list(userId: string): Promise<readonly Receipt[]>;
};

export function receiptStore(db: Database, TableName: string): ReceiptStore {
  return {
    async put(userId, receipt, expiresAt) {
      const Item = { ...receiptKey(userId, receipt.requestId), ...receipt, expiresAt };
      await db.send(new PutCommand({ TableName, Item }));
    },

    async list(userId) {
      const items = await queryAll(db, privacyQuery(TableName, { record: receiptPartition(userId) }));
      return items.map(
        ({ record: _record, at: _at, expiresAt: _expiresAt, ...receipt }) => receipt as Receipt,
      );
    },
  };
}
