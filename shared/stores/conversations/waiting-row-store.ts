import { batchWrite } from '../dynamodb/batch-write.ts';
import type { Database } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import type { WaitingMember } from './conversation.ts';
import { toWaiting, waitingEntries, waitingKey } from './conversation-item.ts';

/** Those who were named and have not agreed yet, in the rows of their conversation. */
export type WaitingRowStore = {
  /** Where nobody else learns of it: who waits, and who waits no more. */
  setWaiting(
    conversationId: string,
    waiting: readonly WaitingMember[],
    awaited: readonly string[],
  ): Promise<void>;
  /** Strongly consistent; also those that have ended. */
  listWaiting(conversationId: string): Promise<readonly WaitingMember[]>;
};

export function waitingRowStore(db: Database, TableName: string): WaitingRowStore {
  return {
    async setWaiting(conversationId, waiting, awaited) {
      await batchWrite(db, TableName, [
        ...waiting.map((each) => ({
          PutRequest: { Item: { ...waitingKey(conversationId, each.userId), ...each } },
        })),
        ...awaited.map((userId) => ({ DeleteRequest: { Key: waitingKey(conversationId, userId) } })),
      ]);
    },

    async listWaiting(conversationId) {
      const items = await queryAll(db, {
        ...waitingEntries,
        TableName,
        ExpressionAttributeValues: { ...waitingEntries.ExpressionAttributeValues, ':id': conversationId },
        ConsistentRead: true,
      });
      return items.map(toWaiting);
    },
  };
}
