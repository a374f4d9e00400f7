import { type EpochSeconds, epochSeconds } from '../../time.ts';
import { isApplied } from '../dynamodb/conditional-write.ts';
import { type Database, QueryCommand, TransactWriteCommand, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import type { AgeRefusalKey } from './age-refusal.ts';
import type { ConsentEntry } from './consent-entry.ts';

export type ConsentStore = {
  /** The newest entry, strongly consistent. */
  last(userId: string): Promise<ConsentEntry | undefined>;
  /** The whole ledger of the user, oldest first. */
  list(userId: string): Promise<readonly ConsentEntry[]>;
  /**
   * False when the entry's number is taken, because somebody else decided at the same time, or when a refusal under that
   * key is in force when the entry is decided. Both are looked at in the one write.
   */
  append(entry: ConsentEntry, unlessRefused?: AgeRefusalKey): Promise<boolean>;
  /** Lets the entry go at that time, and not before one that was set earlier. */
  expire(entry: Pick<ConsentEntry, 'userId' | 'entry'>, expiresAt: EpochSeconds): Promise<void>;
};

export function consentStore(db: Database, TableName: string): ConsentStore {
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

    async append(Item, unlessRefused) {
      const put = { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(userId)' } };
      const unrefused = unlessRefused && {
        ConditionCheck: {
          TableName,
          Key: unlessRefused,
          ConditionExpression: 'attribute_not_exists(userId) OR expiresAt <= :now',
          ExpressionAttributeValues: { ':now': epochSeconds(Item.decidedAt) },
        },
      };
      const TransactItems = unrefused === undefined ? [put] : [put, unrefused];
      return isApplied(db.send(new TransactWriteCommand({ TransactItems })));
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
