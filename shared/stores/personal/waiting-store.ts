import type { EpochSeconds } from '../../time.ts';
import { batchWrite } from '../dynamodb/batch-write.ts';
import { type Database, DeleteCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';

/** Where somebody is waited for: by their own rows, so that they find it when they come. */
export type WaitingStore = {
  /** Before the conversation says so itself: a crash leaves a row that leads to nothing. */
  note(conversationId: string, userIds: readonly string[], expiresAt: EpochSeconds): Promise<void>;
  /** Eventually consistent. */
  list(userId: string): Promise<readonly string[]>;
  forget(userId: string, conversationId: string): Promise<void>;
};

const prefix = 'waiting#';
const waitingKey = (userId: string, conversationId: string) => ({ userId, entry: prefix + conversationId });

export function waitingStore(db: Database, TableName: string): WaitingStore {
  return {
    async note(conversationId, userIds, expiresAt) {
      const requests = userIds.map((userId) => ({
        PutRequest: { Item: { ...waitingKey(userId, conversationId), expiresAt } },
      }));
      await batchWrite(db, TableName, requests);
    },

    async list(userId) {
      const items = await queryAll(db, {
        TableName,
        KeyConditionExpression: 'userId = :userId AND begins_with(entry, :waiting)',
        ExpressionAttributeValues: { ':userId': userId, ':waiting': prefix },
      });
      return items.map(({ entry }) => String(entry).slice(prefix.length));
    },

    async forget(userId, conversationId) {
      await db.send(new DeleteCommand({ TableName, Key: waitingKey(userId, conversationId) }));
    },
  };
}
