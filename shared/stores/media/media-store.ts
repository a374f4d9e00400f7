import type { MediaFacts } from '../../protocol/media/table.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { resultOf, succeeds } from '../dynamodb/conditional-write.ts';
import {
  type Database,
  DeleteCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '../dynamodb/database.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import { type ForwardStore, forwardStore, isNotCancelled, sweepIndex } from './forward-store.ts';
import { type MediaRecord, recordExpiry } from './media-record.ts';

export type MediaStore = ForwardStore & {
  add(record: MediaRecord): Promise<void>;
  /** Gives it to one send for good; false when another one has it or it is gone. */
  claim(mediaId: string, sendId: string): Promise<boolean>;
  /** False when it has been cancelled meanwhile, or is gone: nothing may stay of it. */
  recordFacts(mediaId: string, media: MediaFacts): Promise<boolean>;
  /**
   * Uploads of that user that no message is known to hold, begun by then, oldest first. Read from an index: what was added a
   * moment ago may be missing.
   */
  listUnsent(owner: string, createdBy: EpochMillis, after?: string): Promise<UnsentPage>;
  /** No send may have it from now on; false when a message holds it. */
  cancel(mediaId: string, sweepAt: EpochSeconds): Promise<boolean>;
  /** Those whose time to be looked at has come. */
  due(now: EpochSeconds): AsyncIterable<MediaRecord>;
  /**
   * A message holds it: from now on it goes with the message, and is looked at again when that should have happened. Not if it
   * is being taken away: then it is looked at as before.
   */
  keep(mediaId: string, seq: number, sweepAt: EpochSeconds): Promise<void>;
  /** Looked at again then, by nobody's message. */
  postpone(mediaId: string, sweepAt: EpochSeconds): Promise<void>;
  remove(mediaId: string): Promise<void>;
  /** Not if a hold keeps it: false then. */
  removeForward(mediaId: string): Promise<boolean>;
  /** Its message is about to go: no send and no forward may have it from now on. As it is then; undefined where there is none. */
  end(mediaId: string): Promise<MediaRecord | undefined>;
};

export type UnsentPage = { readonly ids: readonly string[]; readonly next?: string };

/** Each of them costs some ten calls. */
const unsentPage = 10;

export function mediaStore(db: Database, TableName: string): MediaStore {
  return {
    ...forwardStore(db, TableName),

    async add(record) {
      // Of what a message holds the uploader is not asked for.
      const Item = { ...record, sweepIndex, uploader: record.owner };
      await db.send(new PutCommand({ TableName, Item }));
    },

    claim: async (mediaId, sendId) =>
      update(mediaId, {
        expression: 'SET sendId = :id',
        condition: `${isNotCancelled} AND (attribute_not_exists(sendId) OR sendId = :id)`,
        values: { ':id': sendId },
      }),

    recordFacts: async (mediaId, media) =>
      update(mediaId, {
        expression: 'SET media = :media',
        condition: isNotCancelled,
        values: { ':media': media },
      }),

    async listUnsent(owner, createdBy, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          IndexName: 'byUploader',
          KeyConditionExpression: 'uploader = :owner AND createdAt <= :createdBy',
          ExpressionAttributeValues: { ':owner': owner, ':createdBy': createdBy },
          Limit: unsentPage,
          ...(after !== undefined && { ExclusiveStartKey: JSON.parse(after) }),
        }),
      );
      const ids = Items.map(({ mediaId }) => String(mediaId));
      return LastEvaluatedKey === undefined ? { ids } : { ids, next: JSON.stringify(LastEvaluatedKey) };
    },

    cancel: async (mediaId, sweepAt) =>
      update(mediaId, {
        expression: 'SET isCancelled = :true, sweepAt = :sweepAt REMOVE media',
        condition: 'attribute_not_exists(seq)',
        values: { ':true': true, ':sweepAt': sweepAt },
      }),

    due: (now) =>
      queryItems<MediaRecord>(db, {
        TableName,
        IndexName: 'bySweep',
        KeyConditionExpression: 'sweepIndex = :index AND sweepAt <= :now',
        ExpressionAttributeValues: { ':index': sweepIndex, ':now': now },
      }),

    async keep(mediaId, seq, sweepAt) {
      await update(mediaId, {
        expression: 'SET seq = :seq, sweepAt = :sweepAt, expiresAt = :expiresAt REMOVE uploader',
        condition: 'attribute_exists(media)',
        values: { ':seq': seq, ':sweepAt': sweepAt, ':expiresAt': recordExpiry(sweepAt) },
      });
    },

    async postpone(mediaId, sweepAt) {
      await update(mediaId, {
        expression: 'SET sweepAt = :sweepAt, expiresAt = :expiresAt',
        values: { ':sweepAt': sweepAt, ':expiresAt': recordExpiry(sweepAt) },
      });
    },

    remove,

    removeForward: async (mediaId) =>
      succeeds(
        db.send(
          new DeleteCommand({
            TableName,
            Key: { mediaId },
            ConditionExpression: 'attribute_not_exists(isHeld)',
          }),
        ),
      ),

    async end(mediaId) {
      const command = new UpdateCommand({
        TableName,
        Key: { mediaId },
        UpdateExpression: 'SET isCancelled = :true REMOVE media',
        ConditionExpression: 'attribute_exists(mediaId)',
        ExpressionAttributeValues: { ':true': true },
        ReturnValues: 'ALL_NEW',
      });
      return (await resultOf(db.send(command)))?.Attributes as MediaRecord | undefined;
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
