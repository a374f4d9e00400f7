import type { EpochSeconds } from '../../time.ts';
import { resultOf, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import { type Connection, encodeConnection } from './connection.ts';
import { type ConnectionItem, type Sockets, socketsOf } from './connection-item.ts';

export type ConnectionExpiryStore = {
  /** Of one partition the users with a connection that ends at or before the given instant, or with one that is muted; earliest first. */
  due(shard: string, before: EpochSeconds): AsyncIterable<DueConnections>;
  /** Takes the user's expiry for this run; undefined when another run has it. */
  lease(userId: string, seen: EpochSeconds, until: EpochSeconds): Promise<Sockets | undefined>;
  /** Gives the user back, to be looked at when the next one of `live` ends; where others are live by now the lease stands, and the run after it looks. */
  release(userId: string, leased: EpochSeconds, live: readonly Connection[]): Promise<void>;
  /** Gives the user back as they were, due since then: the next run has them. */
  giveBack(userId: string, leased: EpochSeconds, since: EpochSeconds): Promise<void>;
};

export type DueConnections = { readonly userId: string; readonly nextExpiry: EpochSeconds };

export function connectionExpiryStore(db: Database, TableName: string): ConnectionExpiryStore {
  return {
    due: (shard, before) =>
      queryItems<DueConnections>(db, {
        TableName,
        IndexName: 'byExpiry',
        KeyConditionExpression: 'expiryIndex = :index AND nextExpiry <= :before',
        ExpressionAttributeValues: { ':index': shard, ':before': before },
      }),

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

    async release(userId, leased, live) {
      const isEmpty = live.length === 0;
      const update = new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: isEmpty ? 'REMOVE nextExpiry, untold' : 'SET nextExpiry = :next REMOVE untold',
        ConditionExpression: `nextExpiry = :leased AND ${isEmpty ? 'attribute_not_exists(connections)' : 'connections = :live'}`,
        ExpressionAttributeValues: {
          ':leased': leased,
          ...(!isEmpty && { ':next': earliest(live), ':live': new Set(live.map(encodeConnection)) }),
        },
      });
      await succeeds(db.send(update));
    },

    async giveBack(userId, leased, since) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: 'SET nextExpiry = :since',
        ConditionExpression: 'nextExpiry = :leased',
        ExpressionAttributeValues: { ':leased': leased, ':since': since },
      });
      await succeeds(db.send(update));
    },
  };
}

function earliest(connections: readonly Connection[]): number {
  return Math.min(...connections.map(({ expiresAt }) => expiresAt));
}
