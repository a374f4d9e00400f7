import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import {
  oldestTimeToLiveSeconds,
  withEnd,
  withLaterTimeToLive,
  withoutTimeToLive,
} from '../dynamodb/time-to-live.ts';
import { type Clocked, endingOf } from './clocked-row.ts';
import { sweepShardOf } from './sweep-shard.ts';

type Item = Readonly<Record<string, unknown>>;
type RowKey = { readonly userId: string };

/** Two kinds of rows share the table, its sweeper and its holds: profiles, and titles of groups. */
export type ClockedRowStore = {
  toItem(row: RowKey & Clocked, held: boolean): Item;
  toRow<Row extends Clocked>(item: Item): Row;
  /** Starts its clock anew, unless it is another one by now, or gone. */
  renew(key: RowKey, row: Clocked, at: EpochMillis, expiresAt: EpochSeconds): Promise<boolean>;
  /** Takes its time to live off or puts it back; false when it is so already, or the row is gone. */
  setHeld(key: RowKey, held: boolean, at: EpochMillis): Promise<boolean>;
};

/** The sweeper finds it by these. What is held has no shard, and so is in no index. */
type Sweepable = { readonly sweepShard: string; readonly sweepFrom: EpochMillis };

/** As it is stored. What is held has no shard, and so is in no index. */
export function clockedItem(row: RowKey & Clocked, held: boolean, marginSeconds: number): Item {
  const sweepFrom = endingOf(row).sentAt;
  if (held) return { ...withoutTimeToLive(row), sweepFrom };
  const sweepable: Sweepable = { sweepShard: sweepShardOf(row.userId), sweepFrom };
  return { ...withLaterTimeToLive(row, marginSeconds), ...sweepable };
}

/** Time to live takes a row by so much later than its end: the sweeper, which asks for legal holds, comes first. */
export function clockedRowStore(db: Database, TableName: string, marginSeconds: number): ClockedRowStore {
  return {
    toItem: (row, held) => clockedItem(row, held, marginSeconds),

    toRow({ sweepShard: _shard, sweepFrom: _from, releasedAt: _released, ...item }) {
      return withEnd(item);
    },

    async renew(Key, { updatedAt }, at, expiresAt) {
      const values = { ':version': updatedAt, ':at': at, ':end': expiresAt };
      const isThis = 'updatedAt = :version AND (attribute_not_exists(renewedAt) OR renewedAt < :at)';
      const unheld = await update(Key, {
        expression:
          'SET renewedAt = :at, endsAt = :end, expiresAt = :later, sweepShard = :shard, sweepFrom = :at REMOVE releasedAt',
        condition: `attribute_exists(expiresAt) AND ${isThis}`,
        values: { ...values, ':later': expiresAt + marginSeconds, ':shard': sweepShardOf(Key.userId) },
      });
      if (unheld) return true;
      return update(Key, {
        expression: 'SET renewedAt = :at, heldExpiresAt = :end, sweepFrom = :at',
        condition: `attribute_exists(heldExpiresAt) AND ${isThis}`,
        values,
      });
    },

    async setHeld(Key, held, at) {
      if (held)
        return update(Key, {
          expression:
            'SET heldExpiresAt = if_not_exists(endsAt, expiresAt) REMOVE endsAt, expiresAt, sweepShard, releasedAt',
          condition: 'attribute_exists(expiresAt)',
        });
      const releasedAt = epochSeconds(at);
      const release = (timeToLive: string) =>
        `SET endsAt = heldExpiresAt, expiresAt = ${timeToLive}, sweepShard = :shard, sweepFrom = if_not_exists(sweepFrom, updatedAt), releasedAt = :at REMOVE heldExpiresAt`;
      const values = { ':margin': marginSeconds, ':shard': sweepShardOf(Key.userId), ':at': releasedAt };
      const isReleased = await update(Key, {
        expression: release('heldExpiresAt + :margin'),
        condition: 'heldExpiresAt > :oldest',
        values: { ...values, ':oldest': releasedAt - oldestTimeToLiveSeconds },
      });
      if (isReleased) return true;
      return update(Key, {
        expression: release(':at + :margin'),
        condition: 'attribute_exists(heldExpiresAt)',
        values,
      });
    },
  };

  type Change = {
    readonly expression: string;
    readonly condition: string;
    readonly values?: Readonly<Record<string, unknown>>;
  };

  /** Never makes a row: one that is deleted meanwhile stays deleted. */
  async function update(Key: RowKey, { expression, condition, values }: Change): Promise<boolean> {
    const command = new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: expression,
      ConditionExpression: condition,
      ...(values && { ExpressionAttributeValues: values }),
    });
    return succeeds(db.send(command));
  }
}
