import { batchGet } from '../dynamodb/batch-get.ts';
import { batchWrite } from '../dynamodb/batch-write.ts';
import type { Database } from '../dynamodb/database.ts';
import { reporterKey } from './report-item.ts';

/** One person among those who have reported something: the reports stay, and no longer say who it was. */
export type ReporterStore = {
  forget(userId: string, reportIds: readonly string[]): Promise<void>;
  /** In how many of these they are named; strongly consistent. */
  count(userId: string, reportIds: readonly string[]): Promise<number>;
};

export function reporterStore(db: Database, TableName: string): ReporterStore {
  return {
    async forget(userId, reportIds) {
      const requests = reportIds.map((id) => ({ DeleteRequest: { Key: reporterKey(id, userId) } }));
      await batchWrite(db, TableName, requests);
    },
    async count(userId, reportIds) {
      const Keys = reportIds.map((id) => reporterKey(id, userId));
      return (await batchGet(db, { TableName, Keys, ConsistentRead: true })).length;
    },
  };
}
