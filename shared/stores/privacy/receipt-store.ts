import type { Receipt } from '../../protocol/erasure/table.ts';
import type { EpochSeconds } from '../../time.ts';
import { type Database, PutCommand, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { amended, type LateDeletions } from './late-deletions.ts';
import { lateDeletionKey, lateDeletionPartition, receiptKey, receiptPartition } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';

export type ReceiptStore = {
  /** Of the same request the latest one stays. */
  put(userId: string, receipt: Receipt, expiresAt: EpochSeconds): Promise<void>;
  /** Adds what a second look has deleted, whether or not there is a receipt yet. */
  addLateDeletions(
    userId: string,
    requestId: string,
    deletions: LateDeletions,
    expiresAt: EpochSeconds,
  ): Promise<void>;
  /** The user's, in no order; with what was deleted later on. */
  list(userId: string): Promise<readonly Receipt[]>;
};

export function receiptStore(db: Database, TableName: string): ReceiptStore {
  return {
    async put(userId, receipt, expiresAt) {
      const Item = { ...receiptKey(userId, receipt.requestId), ...receipt, expiresAt };
      await db.send(new PutCommand({ TableName, Item }));
    },

    async addLateDeletions(userId, requestId, deletions, expiresAt) {
      const stores = Object.entries(deletions);
      if (stores.length === 0) return;
      await db.send(
        new UpdateCommand({
          TableName,
          Key: lateDeletionKey(userId, requestId),
          UpdateExpression: `SET expiresAt = :end ADD ${stores.map((_, index) => `#s${index} :n${index}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(stores.map(([store], index) => [`#s${index}`, store])),
          ExpressionAttributeValues: {
            ':end': expiresAt,
            ...Object.fromEntries(stores.map(([, count], index) => [`:n${index}`, count])),
          },
        }),
      );
    },

    async list(userId) {
      const [receipts, late] = await Promise.all([
        queryAll(db, privacyQuery(TableName, { record: receiptPartition(userId) })),
        lateDeletionsOf(db, TableName, userId),
      ]);
      return receipts.map(({ record: _record, at: _at, expiresAt: _expiresAt, ...receipt }) =>
        amended(receipt as Receipt, late),
      );
    },
  };
}

/** By the id of the request. */
export async function lateDeletionsOf(
  db: Database,
  TableName: string,
  userId: string,
): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const items = await queryAll(db, privacyQuery(TableName, { record: lateDeletionPartition(userId) }));
  return new Map(items.map((item) => [String(item['at']), item]));
}
