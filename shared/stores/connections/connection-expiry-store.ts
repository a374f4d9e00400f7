import type { EpochSeconds } from '../../time.ts';
import { resultOf, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { type ConnectionItem, type Sockets, socketsOf } from './connection-item.ts';
import { expiryShards } from './expiry-shard.ts';

export type ConnectionExpiryStore = {
  /** Users with a connection that ends at or before the given instant, or with one that is muted; earliest first. */
  listDue(before: EpochSeconds): Promise<readonly Due[]>;
  /** Takes the user's expiry for this run; undefined when another run has it. */
  lease(userId: string, seen: EpochSeconds, until: EpochSeconds): Promise<Sockets | undefined>;
  release(userId: string, leased: EpochSeconds, next: EpochSeconds | undefined): Promise<void>;
};

type Due = { readonly userId: string; readonly nextExpiry: EpochSeconds };

export function connectionExpiryStore(db: Database, TableName: string): ConnectionExpiryStore {
  return {
    async listDue(before) {
      const due = await Promise.all(
        expiryShards.map(async (shard) =>
          queryAll<Due>(db, {
            TableName,
            IndexName: 'byExpiry',
            KeyConditionExpression: 'expiryIndex = :index AND nextExpiry <= :before',
            ExpressionAttributeValues: { ':index': shard, ':before': before },
          }),
        ),
      );
      return due.flat().toSorted((one, other) => one.nextExpiry - other.nextExpiry);
    },

    async lease(userId, seen, until) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: 'SET nextExpiry = :until',
        ConditionExpression: 'nextExpiry = :seen',
        ExpressionAttributeValues: { ':until': until, ':seen': seen },
        ReturnValues: 'ALL_NEW',
      });
      const leased = await resultOf(db.send(update));
      return leased && socketsOf(leased.Attributes as ConnectionItem | undefined);
    },

    async release(userId, leased, next) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: next === undefined ? 'REMOVE nextExpiry' : 'SET nextExpiry = :next',
        ConditionExpression: 'nextExpiry = :leased',
        ExpressionAttributeValues: { ':leased': leased, ...(next !== undefined && { ':next': next }) },
      });
      await succeeds(db.send(update));
    },
  };
}
