import { succeeds, wasCanceled } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, TransactWriteCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { ForwardRecord, MediaOrigin, MediaRecord } from './media-record.ts';

export type ForwardStore = {
  /** Strongly consistent. */
  get(mediaId: string): Promise<MediaRecord | undefined>;
  /** False when one of that id is there, or, of one that a hold keeps, when what it shows has ended. */
  addForward(forward: ForwardRecord): Promise<boolean>;
  /** A hold keeps it, and with it what it shows; nothing happens twice, nor where that has ended. */
  holdForward(forward: Pick<ForwardRecord, 'mediaId' | 'of'>): Promise<void>;
  releaseForward(forward: Pick<ForwardRecord, 'mediaId' | 'of'>): Promise<void>;
};

/** One partition: as many uploads as it takes, a thousand a second, are far beyond what one chat begins. */
export const sweepIndex = 'upload';

export const isNotCancelled = 'attribute_not_exists(isCancelled)';

/** Of a transaction that others were in the way of: they are over in milliseconds. */
const transactAttempts = 8;

/** A part of `mediaStore`, for who forwards media or is shown it. */
export function forwardStore(db: Database, TableName: string): ForwardStore {
  return {
    get: async (mediaId) => getItem<MediaRecord>(db, { TableName, Key: { mediaId } }),

    async addForward(forward) {
      const { isHeld, of } = forward;
      const Item = { ...forward, sweepIndex, uploader: forward.owner };
      const put = { TableName, Item, ConditionExpression: 'attribute_not_exists(mediaId)' };
      if (isHeld !== true) return succeeds(db.send(new PutCommand(put)));
      const isShown = `${isNotCancelled} AND attribute_not_exists(isWithdrawn)`;
      return transact([{ Put: put }, { Update: countHeld(of, 1, isShown) }]);
    },

    async holdForward({ mediaId, of }) {
      const mark = {
        TableName,
        Key: { mediaId },
        UpdateExpression: 'SET isHeld = :true',
        ConditionExpression: 'attribute_exists(mediaId) AND attribute_not_exists(isHeld)',
        ExpressionAttributeValues: { ':true': true },
      };
      const isThere = `(${isNotCancelled} OR heldForwards > :none)`;
      const count = countHeld(of, 1, isThere);
      const ExpressionAttributeValues = { ...count.ExpressionAttributeValues, ':none': 0 };
      await transact([{ Update: mark }, { Update: { ...count, ExpressionAttributeValues } }]);
    },

    async releaseForward({ mediaId, of }) {
      const mark = {
        TableName,
        Key: { mediaId },
        UpdateExpression: 'REMOVE isHeld',
        ConditionExpression: 'attribute_exists(isHeld)',
      };
      await transact([{ Update: mark }, { Update: countHeld(of, -1, 'attribute_exists(heldForwards)') }]);
    },
  };

  /** With the mark of the forward in one transaction: however often either is tried, the count is that of the marks. */
  function countHeld({ mediaId }: Pick<MediaOrigin, 'mediaId'>, by: 1 | -1, condition: string) {
    return {
      TableName,
      Key: { mediaId },
      UpdateExpression: 'ADD heldForwards :by',
      ConditionExpression: `attribute_exists(mediaId) AND ${condition}`,
      ExpressionAttributeValues: { ':by': by },
    };
  }

  /** False when a condition does not hold. Somebody else who writes there at the same time is waited out. */
  async function transact(writes: NonNullable<TransactWriteCommand['input']['TransactItems']>) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await db.send(new TransactWriteCommand({ TransactItems: writes }));
        return true;
      } catch (error) {
        if (!wasCanceled(error)) throw error;
        const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
        if (codes.includes('ConditionalCheckFailed')) return false;
        if (!codes.includes('TransactionConflict') || attempt >= transactAttempts) throw error;
      }
    }
  }
}
