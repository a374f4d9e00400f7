import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaFacts } from '../../protocol/media/table.ts';
import type { EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import { type MediaRecord, recordExpiry } from './media-record.ts';

export type MediaStore = {
  add(record: MediaRecord): Promise<void>;
  /** Strongly consistent. */
  get(mediaId: string): Promise<MediaRecord | undefined>;
  /** Gives it to one send for good; false when another one has it or it is gone. */
  claim(mediaId: string, sendId: string): Promise<boolean>;
  recordFacts(mediaId: string, media: MediaFacts): Promise<void>;
  /** Those whose time to be looked at has come. */
  due(now: EpochSeconds): AsyncIterable<MediaRecord>;
  /**
   * A message holds it: from now on it goes with the message, and is looked at again when that should have happened. Not if it
   * is being taken away: then it is looked at as before.
   */
  keep(mediaId: string, seq: number, sweepAt: EpochSeconds): Promise<void>;
  remove(mediaId: string): Promise<void>;
  /** With its message gone: the whole record, or all that it says of the media while the upload's address may still be used. */
  forget(mediaId: string): Promise<void>;
};

/** One partition: as many uploads as it takes, a thousand a second, are far beyond what one chat begins. */
const sweepIndex = 'upload';

export function mediaStore(db: DynamoDBDocumentClient, TableName: string): MediaStore {
  return {
    async add(record) {
      await db.send(new PutCommand({ TableName, Item: { ...record, sweepIndex } }));
    },

    get: async (mediaId) => getItem<MediaRecord>(db, { TableName, Key: { mediaId } }),

    claim: async (mediaId, sendId) =>
      update(mediaId, {
        expression: 'SET sendId = :id',
        condition: 'attribute_not_exists(sendId) OR sendId = :id',
        values: { ':id': sendId },
      }),

    async recordFacts(mediaId, media) {
      await update(mediaId, { expression: 'SET media = :media', values: { ':media': media } });
    },

    due: (now) =>
      queryItems<MediaRecord>(db, {
        TableName,
        IndexName: 'bySweep',
        KeyConditionExpression: 'sweepIndex = :index AND sweepAt <= :now',
        ExpressionAttributeValues: { ':index': sweepIndex, ':now': now },
      }),

    async keep(mediaId, seq, sweepAt) {
      await update(mediaId, {
        expression: 'SET seq = :seq, sweepAt = :sweepAt, expiresAt = :expiresAt',
        condition: 'attribute_exists(media)',
        values: { ':seq': seq, ':sweepAt': sweepAt, ':expiresAt': recordExpiry(sweepAt) },
      });
    },

    remove,

    async forget(mediaId) {
      const isAddressOpen = 'attribute_exists(sweepAt) AND attribute_not_exists(seq)';
      if (await update(mediaId, { expression: 'REMOVE media', condition: isAddressOpen })) return;
      await remove(mediaId);
    },
  };

  async function remove(mediaId: string): Promise<void> {
    await db.send(new DeleteCommand({ TableName, Key: { mediaId } }));
  }

  /** False when there is no record, or the condition does not hold. */
  async function update(mediaId: string, { expression, condition, values }: MediaUpdate): Promise<boolean> {
    const exists = 'attribute_exists(mediaId)';
    const command = new UpdateCommand({
      TableName,
      Key: { mediaId },
      UpdateExpression: expression,
      ConditionExpression: condition === undefined ? exists : `${exists} AND (${condition})`,
      ...(values && { ExpressionAttributeValues: values }),
    });
    return succeeds(db.send(command));
  }
}

type MediaUpdate = {
  readonly expression: string;
  readonly condition?: string;
  readonly values?: Record<string, unknown>;
};
