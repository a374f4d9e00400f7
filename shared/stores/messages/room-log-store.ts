import { existingItem, ifAbsent } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, QueryCommand } from '../dynamodb/database.ts';
import { withLaterTimeToLive } from '../dynamodb/time-to-live.ts';
import { isReadable, type Placed } from '../expiry/expiry.ts';
import type { AskRetention } from '../expiry/retention.ts';
import type { Message } from './message.ts';
import { type MessageHeader, toHeader } from './message-header.ts';
import { toMessage } from './message-store.ts';

/** A number that is taken; the message if it may be read. */
export type RoomEntry = { readonly header: MessageHeader; readonly message?: Message };

export type RoomEntries = { readonly entries: readonly RoomEntry[]; readonly more: boolean };

/** When a number was erased under which nothing has ever stood. */
export const neverStored = 0;

/** The log of a room, whose numbers are given out before their messages are stored. */
export type RoomLogStore = {
  /** From behind that number on, whatever has become of each; strongly consistent. Ends at `limit` or at 1 MB. */
  entries(
    conversationId: string,
    after: number,
    limit: number,
    retention: AskRetention,
  ): Promise<RoomEntries>;
  /**
   * Nothing is stored under that number any more: false when something is. It has the times of what stands behind it, so that
   * times never fall, and goes with it.
   */
  fence(number: Placed & { readonly conversationId: string }): Promise<boolean>;
};

export function roomLogStore(db: Database, TableName: string, marginSeconds: number): RoomLogStore {
  return {
    async entries(conversationId, after, Limit, retention) {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: 'conversationId = :id AND seq > :after',
        ExpressionAttributeValues: { ':id': conversationId, ':after': after },
        Limit,
        ConsistentRead: true,
      });
      // Asked beside the query, so that it is known by then; what decides is the answer from afterwards.
      const [{ Items = [], LastEvaluatedKey }] = await Promise.all([db.send(query), retention()]);
      const ruling = await retention();
      const entries = Items.map((item): RoomEntry => {
        const header = toHeader(item);
        return { header, ...(isReadable(header, ruling) && { message: toMessage(item) }) };
      });
      return { entries, more: LastEvaluatedKey !== undefined };
    },

    async fence({ conversationId, seq, sentAt, expiresAt }) {
      const number = { conversationId, seq, sentAt, expiresAt };
      const Item = { ...withLaterTimeToLive(number, marginSeconds), erasedAt: neverStored };
      const put = new PutCommand({ TableName, Item, ...ifAbsent('conversationId') });
      return (await existingItem(db.send(put))) === undefined;
    },
  };
}
