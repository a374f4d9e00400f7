import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../../time.ts';
import type { Connection } from './connection.ts';
import { type ConnectionItem, connectionsOf, expiryIndexPartition } from './connection-item.ts';

export type ConnectionExpiryStore = {
  /** Users with a connection that ends at or before the given instant. */
  listDue(before: EpochSeconds): Promise<readonly { userId: string; nextExpiry: EpochSeconds }[]>;
  /** Takes the user's expiry for this run; undefined when another run has it. */
  lease(userId: string, seen: EpochSeconds, until: EpochSeconds): Promise<readonly Connection[] | undefined>;
  release(userId: string, leased: EpochSeconds, next: EpochSeconds | undefined): Promise<void>;
};

export function connectionExpiryStore(db: DynamoDBDocumentClient, tableName: string): ConnectionExpiryStore {
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
        return connectionsOf(Attributes as ConnectionItem | undefined);
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
