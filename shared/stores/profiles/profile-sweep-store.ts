import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand } from '../dynamodb/database.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';

/** A profile or a title, as the sweeper sees it: without what it says. */
export type SweptRow = {
  /** Whose, or of which group. */
  readonly userId: string;
  /** Of a title: whose it is. */
  readonly by?: string;
  /** When its clock was last started. */
  readonly sweepFrom: EpochMillis;
  readonly expiresAt: EpochSeconds;
  /** The last release: what a hold had kept until then is late from then on only. */
  readonly releasedAt?: EpochSeconds;
};

export type ProfileSweepStore = {
  /** Those of one shard whose clock was started by then, oldest first; without what is held. Eventually consistent. */
  startedBy(shard: string, by: EpochMillis): AsyncIterable<SweptRow>;
  /** False when it was set or renewed meanwhile, or is held, or gone. */
  remove(row: SweptRow): Promise<boolean>;
};

export function profileSweepStore(db: Database, TableName: string): ProfileSweepStore {
  return {
    async *startedBy(shard, by) {
      const items = queryItems(db, {
        TableName,
        IndexName: 'bySweep',
        KeyConditionExpression: 'sweepShard = :shard AND sweepFrom <= :by',
        ExpressionAttributeValues: { ':shard': shard, ':by': by },
      });
      for await (const item of items) yield withEnd<SweptRow>(item);
    },

    async remove({ userId, sweepFrom }) {
      const remove = new DeleteCommand({
        TableName,
        Key: { userId },
        ConditionExpression: 'sweepFrom = :from AND attribute_exists(sweepShard)',
        ExpressionAttributeValues: { ':from': sweepFrom },
      });
      return succeeds(db.send(remove));
    },
  };
}
