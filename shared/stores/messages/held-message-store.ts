import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type TimeToLiveStore, timeToLiveStore } from '../expiry/time-to-live-store.ts';
import { mediaIn } from './media-in.ts';

type MessageKey = { readonly conversationId: string; readonly seq: number };

/** Who wrote a message, and whether it is stored as held. */
export type HeldStamp = MessageKey & {
  readonly from: string;
  readonly held: boolean;
  /** Of the media that is held with it. */
  readonly mediaId?: string;
};

export type HeldMessageStore = TimeToLiveStore<MessageKey> & {
  /** Ascending and strongly consistent; what the messages say is not read. */
  page(
    conversationId: string,
    after: number,
  ): Promise<{ readonly stamps: readonly HeldStamp[]; readonly more: boolean }>;
};

const pageSize = 240;

export function heldMessageStore(db: DynamoDBDocumentClient, tableName: string): HeldMessageStore {
  return {
    setHeld: async ({ conversationId, seq }, held) =>
      timeToLiveStore(db, tableName).setHeld({ conversationId, seq }, held),

    async page(conversationId, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'conversationId = :id AND seq > :after',
          ProjectionExpression: 'conversationId, seq, #from, heldExpiresAt, #content.mediaId',
          ExpressionAttributeNames: { '#from': 'from', '#content': 'content' },
          ExpressionAttributeValues: { ':id': conversationId, ':after': after },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const stamps = Items.map(({ heldExpiresAt, content, ...item }) => ({
        ...item,
        ...mediaIn(content),
        held: heldExpiresAt !== undefined,
      }));
      return { stamps: stamps as HeldStamp[], more: LastEvaluatedKey !== undefined };
    },
  };
}
