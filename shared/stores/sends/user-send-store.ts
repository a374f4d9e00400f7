import { type Database, DeleteCommand, QueryCommand } from '../dynamodb/database.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import type { IdempotencyRecord, SendStore } from './send-store.ts';

const recordsPage = 500;
const keysPage = 100;
/** Behind every key there can be. */
const end = '~';

/** What an export and an erasure need: all sends of one user. */
export function userSendStore(
  db: Database,
  tableName: string,
): Pick<SendStore, 'list' | 'listKeys' | 'remove'> {
  return {
    async list(userId, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression:
            after === undefined ? 'userId = :userId' : 'userId = :userId AND sendKey > :after',
          ExpressionAttributeValues: { ':userId': userId, ...(after !== undefined && { ':after': after }) },
          Limit: recordsPage,
          ConsistentRead: true,
        }),
      );
      return { records: Items.map(withEnd<IdempotencyRecord>), ...nextOf(LastEvaluatedKey) };
    },

    async listKeys(userId, claimedBy, after = ' ', to = end) {
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
          Limit: keysPage,
          ConsistentRead: true,
        }),
      );
      // Both bounds of BETWEEN are inclusive.
      const keys = Items.map((item) => String(item['sendKey'])).filter((key) => key !== after);
      return { keys, ...nextOf(LastEvaluatedKey) };
    },

    async remove({ userId, sendKey }) {
      await db.send(new DeleteCommand({ TableName: tableName, Key: { userId, sendKey } }));
    },
  };
}

function nextOf(lastEvaluatedKey: Record<string, unknown> | undefined): { readonly next?: string } {
  const next = lastEvaluatedKey?.['sendKey'];
  return typeof next === 'string' ? { next } : {};
}
