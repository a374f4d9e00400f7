import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { IdempotencyRecord } from './send-store.ts';

/** What is known of the user's own sends: ids and times. */
export type SentStore = {
  /** From behind that `sendKey` on; `next` is the key to go on with. */
  page(
    userId: string,
    after?: string,
  ): Promise<{ readonly claims: readonly IdempotencyRecord[]; readonly next?: string }>;
};

const pageSize = 500;

export function sentStore(db: DynamoDBDocumentClient, tableName: string): SentStore {
  return {
    async page(userId, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression:
            after === undefined ? 'userId = :userId' : 'userId = :userId AND sendKey > :after',
          ExpressionAttributeValues: { ':userId': userId, ...(after !== undefined && { ':after': after }) },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const next: unknown = LastEvaluatedKey?.['sendKey'];
      return { claims: Items as IdempotencyRecord[], ...(typeof next === 'string' && { next }) };
    },
  };
}
