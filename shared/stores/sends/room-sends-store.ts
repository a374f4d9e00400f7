import { type Database, QueryCommand } from '../dynamodb/database.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import { decodeSendKey, roomsBehind, sendsIn } from './send-key.ts';
import type { IdempotencyRecord, SendPage } from './send-store.ts';

/** Where somebody has written in rooms, of which no list of members says so: by their sends, strongly consistent. */
export type RoomSendsStore = {
  /** The next one behind that room, in the order of ids. */
  nextRoom(userId: string, after?: string): Promise<string | undefined>;
  /** A page of the user's sends in one room, from behind that `sendKey` on. */
  listInRoom(userId: string, conversationId: string, after?: string): Promise<SendPage>;
};

/** Each of them is looked for in the room. */
const pageSize = 25;

export function roomSendsStore(db: Database, TableName: string): RoomSendsStore {
  return {
    async nextRoom(userId, after) {
      const { Items = [] } = await query(userId, roomsBehind(after), 1);
      const key = Items[0]?.['sendKey'];
      return typeof key === 'string' ? decodeSendKey(key).conversationId : undefined;
    },

    async listInRoom(userId, conversationId, after) {
      const { from, to } = sendsIn(conversationId);
      const { Items = [], LastEvaluatedKey } = await query(userId, { from: after ?? from, to }, pageSize);
      const records = Items.map(withEnd<IdempotencyRecord>).filter(({ sendKey }) => sendKey !== after);
      const next = LastEvaluatedKey?.['sendKey'];
      return { records, ...(typeof next === 'string' && { next }) };
    },
  };

  async function query(userId: string, { from, to }: { from: string; to: string }, Limit: number) {
    return db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'userId = :userId AND sendKey BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':userId': userId, ':from': from, ':to': to },
        Limit,
        ConsistentRead: true,
      }),
    );
  }
}
