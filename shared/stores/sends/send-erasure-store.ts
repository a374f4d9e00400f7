import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMillis } from '../../time.ts';

export type SendErasureStore = {
  /** Keys of the user's claims made by then, of those behind `after` and up to `to`; strongly consistent. */
  page(
    userId: string,
    claimedBy: EpochMillis,
    after?: string,
    to?: string,
  ): Promise<{ readonly keys: readonly string[]; readonly next?: string }>;
  remove(userId: string, sendKey: string): Promise<void>;
};

const pageSize = 100;
/** Behind every key there can be. */
const end = '~';

export function sendErasureStore(db: DynamoDBDocumentClient, tableName: string): SendErasureStore {
  return {
    async page(userId, claimedBy, after = ' ', to = end) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'userId = :userId AND sendKey BETWEEN :after AND :to',
          FilterExpression: 'attribute_not_exists(claimedAt) OR claimedAt <= :claimedBy',
          ProjectionExpression: 'sendKey',
          ExpressionAttributeValues: {
            ':userId': userId,
            ':after': after,
            ':to': to,
            ':claimedBy': claimedBy,
          },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const next: unknown = LastEvaluatedKey?.['sendKey'];
      return {
        // Both bounds of BETWEEN are inclusive.
        keys: Items.map((item) => String(item['sendKey'])).filter((key) => key !== after),
        ...(typeof next === 'string' && { next }),
      };
    },

    async remove(userId, sendKey) {
      await db.send(new DeleteCommand({ TableName: tableName, Key: { userId, sendKey } }));
    },
  };
}
