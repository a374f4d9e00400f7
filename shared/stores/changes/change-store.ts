import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, QueryCommand } from '../dynamodb/database.ts';
import type { Change } from './change.ts';

export type ChangePage = {
  /** In their order, also those that have ended, which nobody has to be told of; where one is missing it is over for long. */
  readonly changes: readonly Change[];
  readonly more: boolean;
};

/** The changes of each conversation in one order. All reads are strongly consistent. */
export type ChangeStore = {
  /** The highest number there is a row of; 0 where there is none. The head may know a higher one, whose row has gone. */
  newestRev(conversationId: string): Promise<number>;
  /** From behind that number on. */
  list(conversationId: string, after: number, limit: number): Promise<ChangePage>;
  /** False when something has that number already. */
  append(change: Change): Promise<boolean>;
};

export function changeStore(db: Database, TableName: string): ChangeStore {
  return {
    async newestRev(conversationId) {
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'conversationId = :id',
          ProjectionExpression: 'rev',
          ExpressionAttributeValues: { ':id': conversationId },
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      return Number(Items[0]?.['rev'] ?? 0);
    },

    async list(conversationId, after, Limit) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'conversationId = :id AND rev > :after',
          ExpressionAttributeValues: { ':id': conversationId, ':after': after },
          Limit,
          ConsistentRead: true,
        }),
      );
      const changes = Items.map((item) => item as Change);
      return { changes, more: LastEvaluatedKey !== undefined };
    },

    async append(change) {
      return succeeds(db.send(new PutCommand(changePut(TableName, change))));
    },
  };
}

/** At its number, if that is free: by itself, or as a part of a transaction. */
export function changePut(TableName: string, change: Change) {
  return { TableName, Item: change, ConditionExpression: 'attribute_not_exists(conversationId)' };
}
