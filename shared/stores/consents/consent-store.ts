import { type DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { queryAll } from '../dynamodb/query-items.ts';
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

export function consentStore(db: DynamoDBDocumentClient, TableName: string): ConsentStore {
  const ofUser = (userId: string) => ({
    TableName,
    KeyConditionExpression: 'userId = :userId',
    ExpressionAttributeValues: { ':userId': userId },
    ConsistentRead: true,
  });

  return {
    async last(userId) {
      const { Items } = await db.send(
        new QueryCommand({ ...ofUser(userId), ScanIndexForward: false, Limit: 1 }),
      );
      return Items?.[0] as ConsentEntry | undefined;
    },

    list: async (userId) => queryAll<ConsentEntry>(db, ofUser(userId)),

    async append(Item) {
      const ConditionExpression = 'attribute_not_exists(userId)';
      return succeeds(db.send(new PutCommand({ TableName, Item, ConditionExpression })));
    },

    async expire({ userId, entry }, expiresAt) {
      await db.send(
        new UpdateCommand({
          TableName,
          Key: { userId, entry },
          UpdateExpression: 'SET expiresAt = if_not_exists(expiresAt, :expiresAt)',
          ConditionExpression: 'attribute_exists(userId)',
          ExpressionAttributeValues: { ':expiresAt': expiresAt },
        }),
      );
    },
  };
}
