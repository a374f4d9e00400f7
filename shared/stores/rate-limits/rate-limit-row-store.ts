import { type Database, DeleteCommand, QueryCommand } from '../dynamodb/database.ts';

export type RateLimitRow = {
  readonly userId: string;
  readonly limit: string;
  /** Epoch milliseconds at which the bucket is full again, as if it had never been used. */
  readonly fullAt: number;
};

/** What the table knows about a user: a row for each limit at most. */
export type RateLimitRowStore = {
  /** Strongly consistent. */
  list(userId: string): Promise<readonly RateLimitRow[]>;
  remove(row: RateLimitRow): Promise<void>;
};

export function rateLimitRowStore(db: Database, tableName: string): RateLimitRowStore {
  return {
    async list(userId) {
      const { Items } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'userId = :user',
          ExpressionAttributeValues: { ':user': userId },
          ConsistentRead: true,
        }),
      );
      return (Items ?? []).map(({ limit, fullAt }) => ({
        userId,
        limit: String(limit),
        fullAt: Number(fullAt),
      }));
    },

    async remove({ userId, limit }) {
      await db.send(new DeleteCommand({ TableName: tableName, Key: { userId, limit } }));
    },
  };
}
