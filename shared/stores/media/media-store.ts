import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { MediaFacts } from '../../protocol/media/table.ts';
import type { EpochSeconds } from '../../time.ts';
import type { MediaRecord } from './media-record.ts';

export type MediaStore = {
  add(record: MediaRecord): Promise<void>;
  /** Strongly consistent. */
  get(mediaId: string): Promise<MediaRecord | undefined>;
  /** Gives it to one send for good; false when another one has it or it is gone. */
  claim(mediaId: string, sendId: string): Promise<boolean>;
  recordFacts(mediaId: string, media: MediaFacts): Promise<void>;
  /** Those whose time to be looked at has come. */
  due(now: EpochSeconds): AsyncIterable<MediaRecord>;
  /** A message holds it: from now on it goes with the message. Not if that is being taken away: then it is looked at again. */
  keep(mediaId: string, expiresAt: EpochSeconds): Promise<void>;
  remove(mediaId: string): Promise<void>;
  /** With its message gone: the whole record, or all that it says of the media while the upload's address may still be used. */
  forget(mediaId: string): Promise<void>;
};

/** One partition: as many uploads as it takes, a thousand a second, are far beyond what one chat begins. */
const sweepIndex = 'upload';

export function mediaStore(db: DynamoDBDocumentClient, tableName: string): MediaStore {
  return {
    async add(record) {
      await db.send(new PutCommand({ TableName: tableName, Item: { ...record, sweepIndex } }));
    },

    async get(mediaId) {
      const { Item } = await db.send(
        new GetCommand({ TableName: tableName, Key: { mediaId }, ConsistentRead: true }),
      );
      return Item as MediaRecord | undefined;
    },

    claim: async (mediaId, sendId) =>
      update(mediaId, 'SET sendId = :id', 'attribute_not_exists(sendId) OR sendId = :id', { ':id': sendId }),

    async recordFacts(mediaId, media) {
      await update(mediaId, 'SET media = :media', undefined, { ':media': media });
    },

    async *due(now) {
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: 'bySweep',
            KeyConditionExpression: 'sweepIndex = :index AND sweepAt <= :now',
            ExpressionAttributeValues: { ':index': sweepIndex, ':now': now },
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        yield* (page.Items ?? []) as MediaRecord[];
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
    },

    async keep(mediaId, expiresAt) {
      const values = { ':expiresAt': expiresAt };
      const expression = 'SET expiresAt = :expiresAt REMOVE sweepIndex, sweepAt';
      await update(mediaId, expression, 'attribute_exists(media)', values);
    },

    async remove(mediaId) {
      await db.send(new DeleteCommand({ TableName: tableName, Key: { mediaId } }));
    },

    async forget(mediaId) {
      if (await update(mediaId, 'REMOVE media', 'attribute_exists(sweepAt)')) return;
      await db.send(new DeleteCommand({ TableName: tableName, Key: { mediaId } }));
    },
  };

  /** False when there is no record, or none of that condition. */
  async function update(
    mediaId: string,
    expression: string,
    condition?: string,
    values?: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const there = 'attribute_exists(mediaId)';
    try {
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { mediaId },
          UpdateExpression: expression,
          ConditionExpression: condition === undefined ? there : `${there} AND (${condition})`,
          ...(values && { ExpressionAttributeValues: values }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
