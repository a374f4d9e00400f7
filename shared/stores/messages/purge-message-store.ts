import { BatchWriteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { withEnd } from '../expiry/held-end.ts';
import type { RemoveMedia } from '../media/remove-media.ts';
import { sendKey } from '../sends/send-store.ts';
import { mediaIn } from './media-in.ts';
import type { Stamp } from './stamp.ts';

export type StampPage = { readonly stamps: readonly Stamp[]; readonly more: boolean };

export type StampStore = {
  /** Ascending and strongly consistent; what the messages say is not read. */
  stamps(conversationId: string, after: number): Promise<StampPage>;
};

export type PurgeMessageStore = StampStore & {
  /** The messages, before them their media, and the idempotency records of their sends. Deleting twice does no harm. */
  delete(stamps: readonly Stamp[]): Promise<void>;
};

const pageSize = 240;
/** Two deletions each, of the 25 that one call takes. */
const batchSize = 12;
const patience = 8;

type Tables = { readonly messages: string; readonly sends: string };
type Requests = NonNullable<BatchWriteCommand['input']['RequestItems']>;

export function stampStore(db: DynamoDBDocumentClient, tableName: string): StampStore {
  return {
    async stamps(conversationId, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'conversationId = :id AND seq > :after',
          ProjectionExpression:
            'conversationId, seq, #from, id, sentAt, expiresAt, heldExpiresAt, erasedAt, #content.mediaId',
          ExpressionAttributeNames: { '#from': 'from', '#content': 'content' },
          ExpressionAttributeValues: { ':id': conversationId, ':after': after },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      return { stamps: Items.map(toStamp), more: LastEvaluatedKey !== undefined };
    },
  };
}

function toStamp({ content, ...item }: Readonly<Record<string, unknown>>): Stamp {
  return { ...withEnd<Stamp>(item), ...mediaIn(content) };
}

export function purgeMessageStore(
  db: DynamoDBDocumentClient,
  tables: Tables,
  removeMedia: RemoveMedia,
  pause: (attempt: number) => Promise<void>,
): PurgeMessageStore {
  return {
    ...stampStore(db, tables.messages),

    async delete(stamps) {
      const batches = Array.from({ length: Math.ceil(stamps.length / batchSize) }, (_, index) =>
        stamps.slice(index * batchSize, (index + 1) * batchSize),
      );
      for (let from = 0; from < batches.length; from += 4) {
        await Promise.all(batches.slice(from, from + 4).map(deleteBatch));
      }
    },
  };

  async function deleteBatch(stamps: readonly Stamp[]): Promise<void> {
    // While the message is there it leads to its media, whatever interrupts this.
    await Promise.all(
      stamps.map(async ({ conversationId, mediaId }) => {
        if (mediaId !== undefined) await removeMedia({ conversationId, mediaId });
      }),
    );
    const claims = stamps.flatMap(({ conversationId, from, id }) =>
      from === undefined || id === undefined ? [] : [{ userId: from, sendKey: sendKey(conversationId, id) }],
    );
    let requests: Requests = {
      [tables.messages]: stamps.map(({ conversationId, seq }) => ({
        DeleteRequest: { Key: { conversationId, seq } },
      })),
      ...(claims.length > 0 && { [tables.sends]: claims.map((Key) => ({ DeleteRequest: { Key } })) }),
    };
    for (let attempt = 0; Object.keys(requests).length > 0; attempt += 1) {
      if (attempt >= patience) throw new Error('the table takes no more deletions for now');
      if (attempt > 0) await pause(attempt);
      const { UnprocessedItems = {} } = await db.send(new BatchWriteCommand({ RequestItems: requests }));
      requests = UnprocessedItems;
    }
  }
}
