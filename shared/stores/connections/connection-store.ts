import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../../time.ts';
import { type Connection, encodeConnection, maxConnectionSeconds } from './connection.ts';
import { type ConnectionItem, connectionsOf, expiryIndexPartition } from './connection-item.ts';

/** One item per user, so that everybody of a conversation is found by one BatchGetItem. */
export type ConnectionStore = {
  add(connection: Connection, now: EpochSeconds): Promise<void>;
  remove(connection: Connection): Promise<void>;
  /** Deletes what is left of the user once no connection is. */
  forget(userId: string): Promise<void>;
  /** Strongly consistent. */
  listByUser(userId: string): Promise<readonly Connection[]>;
  /** Eventually consistent, in calls of 100 users: half a read unit each. */
  listByUsers(userIds: readonly string[]): Promise<readonly Connection[]>;
};

export function connectionStore(db: DynamoDBDocumentClient, tableName: string): ConnectionStore {
  return {
    async add(connection, now) {
      const { userId, expiresAt } = connection;
      const { Attributes } = await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId },
          UpdateExpression:
            'SET expiresAt = :ttl, expiryIndex = :index, nextExpiry = if_not_exists(nextExpiry, :expiry) ADD connections :element',
          ExpressionAttributeValues: {
            ':ttl': now + maxConnectionSeconds + 600,
            ':index': expiryIndexPartition,
            ':expiry': expiresAt,
            ':element': new Set([encodeConnection(connection)]),
          },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      if (Attributes?.['nextExpiry'] <= expiresAt) return;
      await ignoringFailedCondition(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId },
          UpdateExpression: 'SET nextExpiry = :expiry',
          ConditionExpression: 'nextExpiry > :expiry',
          ExpressionAttributeValues: { ':expiry': expiresAt },
        }),
      );
    },

    async remove(connection) {
      await ignoringFailedCondition(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId: connection.userId },
          UpdateExpression: 'DELETE connections :element',
          ConditionExpression: 'attribute_exists(userId)',
          ExpressionAttributeValues: { ':element': new Set([encodeConnection(connection)]) },
        }),
      );
    },

    async forget(userId) {
      await ignoringFailedCondition(
        new DeleteCommand({
          TableName: tableName,
          Key: { userId },
          ConditionExpression: 'attribute_not_exists(connections)',
        }),
      );
    },

    async listByUser(userId) {
      const { Item } = await db.send(
        new GetCommand({ TableName: tableName, Key: { userId }, ConsistentRead: true }),
      );
      return connectionsOf(Item as ConnectionItem | undefined);
    },

    async listByUsers(userIds) {
      const pages: ConnectionItem[][] = [];
      for (let from = 0; from < userIds.length; from += 100) {
        let keys: Record<string, unknown>[] = userIds.slice(from, from + 100).map((userId) => ({ userId }));
        while (keys.length > 0) {
          const { Responses, UnprocessedKeys } = await db.send(
            new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys } } }),
          );
          pages.push((Responses?.[tableName] ?? []) as ConnectionItem[]);
          keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
        }
      }
      return pages.flat().flatMap(connectionsOf);
    },
  };

  async function ignoringFailedCondition(command: UpdateCommand | DeleteCommand): Promise<void> {
    try {
      await (command instanceof UpdateCommand ? db.send(command) : db.send(command));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
