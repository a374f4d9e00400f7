import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../../time.ts';
import type { ConsentEntry } from './consent-entry.ts';

export type ConsentStore = {
  /** The newest entry, strongly consistent. */
  last(userId: string): Promise<ConsentEntry | undefined>;
  /** The whole ledger of the user, oldest first. */
  list(userId: string): Promise<readonly ConsentEntry[]>;
  /** False when the entry's number is taken: somebody else decided at the same time. */
  append(entry: ConsentEntry): Promise<boolean>;
  /** Lets the entry go at that time, and not before one that was set earlier. */
  expire(entry: Pick<ConsentEntry, 'userId' | 'entry'>, expiresAt: EpochSeconds): Promise<void>;
};

export function consentStore(db: DynamoDBDocumentClient, tableName: string): ConsentStore {
  return {
    async last(userId) {
      const { Items } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'userId = :userId',
          ExpressionAttributeValues: { ':userId': userId },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      return Items?.[0] as ConsentEntry | undefined;
    },

    async list(userId) {
      const entries: ConsentEntry[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'userId = :userId',
            ExpressionAttributeValues: { ':userId': userId },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        entries.push(...((page.Items ?? []) as ConsentEntry[]));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return entries;
    },

    async append(entry) {
      try {
        await db.send(
          new PutCommand({
            TableName: tableName,
            Item: entry,
            ConditionExpression: 'attribute_not_exists(userId)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async expire({ userId, entry }, expiresAt) {
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId, entry },
          UpdateExpression: 'SET expiresAt = if_not_exists(expiresAt, :expiresAt)',
          ConditionExpression: 'attribute_exists(userId)',
          ExpressionAttributeValues: { ':expiresAt': expiresAt },
        }),
      );
    },
  };
}
