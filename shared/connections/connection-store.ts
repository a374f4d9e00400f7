import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../time.ts';
import { type Connection, decodeConnection, encodeConnection, maxConnectionSeconds } from './connection.ts';

/** One item per user, so that everybody of a conversation is found by one BatchGetItem. */
export type ConnectionStore = {
  add(connection: Connection, now: EpochSeconds): Promise<void>;
  remove(connection: Connection): Promise<void>;
  /** Strongly consistent. */
  listByUser(userId: string): Promise<readonly Connection[]>;
  /** Eventually consistent, in calls of 100 users: half a read unit each. */
  listByUsers(userIds: readonly string[]): Promise<readonly Connection[]>;
};

/** All users share one partition of the sparse expiry index: 1,000 connects a second, twice the gateway's quota. */
export const expiryIndexPartition = 'connection';

type Item = { readonly userId: string; readonly connections?: Set<string>; readonly nextExpiry?: number };

function connectionsOf(item: Item | undefined): readonly Connection[] {
  if (item === undefined) return [];
  return [...(item.connections ?? [])].map((element) => decodeConnection(item.userId, element));
}

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

    async listByUser(userId) {
      const { Item } = await db.send(
        new GetCommand({ TableName: tableName, Key: { userId }, ConsistentRead: true }),
      );
      return connectionsOf(Item as Item | undefined);
    },

    async listByUsers(userIds) {
      const pages: Item[][] = [];
      for (let from = 0; from < userIds.length; from += 100) {
        let keys: Record<string, unknown>[] = userIds.slice(from, from + 100).map((userId) => ({ userId }));
        while (keys.length > 0) {
          const { Responses, UnprocessedKeys } = await db.send(
            new BatchGetCommand({ RequestItems: { [tableName]: { Keys: keys } } }),
          );
          pages.push((Responses?.[tableName] ?? []) as Item[]);
          keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
        }
      }
      return pages.flat().flatMap(connectionsOf);
    },
  };

  async function ignoringFailedCondition(command: UpdateCommand): Promise<void> {
    try {
      await db.send(command);
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

export type ExpiryStore = {
  /** Users with a connection that ends at or before the given instant. */
  listDue(before: EpochSeconds): Promise<readonly { userId: string; nextExpiry: EpochSeconds }[]>;
  /** Takes the user's expiry for this run; undefined when another run has it. */
  lease(userId: string, seen: EpochSeconds, until: EpochSeconds): Promise<readonly Connection[] | undefined>;
  release(userId: string, leased: EpochSeconds, next: EpochSeconds | undefined): Promise<void>;
};

export function expiryStore(db: DynamoDBDocumentClient, tableName: string): ExpiryStore {
  return {
    async listDue(before) {
      const due: { userId: string; nextExpiry: EpochSeconds }[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: 'byExpiry',
            KeyConditionExpression: 'expiryIndex = :index AND nextExpiry <= :before',
            ExpressionAttributeValues: { ':index': expiryIndexPartition, ':before': before },
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        due.push(...((page.Items ?? []) as typeof due));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return due;
    },

    async lease(userId, seen, until) {
      try {
        const { Attributes } = await db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { userId },
            UpdateExpression: 'SET nextExpiry = :until',
            ConditionExpression: 'nextExpiry = :seen',
            ExpressionAttributeValues: { ':until': until, ':seen': seen },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return connectionsOf(Attributes as Item | undefined);
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async release(userId, leased, next) {
      try {
        await db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { userId },
            UpdateExpression: next === undefined ? 'REMOVE nextExpiry' : 'SET nextExpiry = :next',
            ConditionExpression: 'nextExpiry = :leased',
            ExpressionAttributeValues: { ':leased': leased, ...(next !== undefined && { ':next': next }) },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
