import type { EpochSeconds } from '../../time.ts';
import { type Connection, decodeConnection, encodeConnection } from '../connections/connection.ts';
import { batchWrite, type WriteRequest } from '../dynamodb/batch-write.ts';
import type { Database } from '../dynamodb/database.ts';
import { QueryCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { type LiveGroup, placeOf, placeOfUser, placesOf } from './live-shard.ts';

/** One of the large groups of a user, until it has to be noted again. */
export type NotedGroup = LiveGroup & { readonly expiresAt: EpochSeconds };

/**
 * Who is connected to a large group: a row for each connection and group, and for each user the large groups that they are in, by
 * which the rows of a connection are made and found again. Both may say too much, never too little: who is no member, or not
 * connected any more, is left out by whoever reads them.
 */
export type LiveStore = {
  /** Eventually consistent, in one query for each shard: 500 connections are about ten read units. */
  listByGroup(group: LiveGroup): Promise<readonly Connection[]>;
  /** Those with the lowest ids; strongly consistent. */
  groupsOf(userId: string, most: number): Promise<readonly NotedGroup[]>;
  noteGroups(userIds: readonly string[], groups: readonly LiveGroup[], until: EpochSeconds): Promise<void>;
  forgetGroups(userId: string, groups: readonly LiveGroup[]): Promise<void>;
  join(connections: readonly Connection[], groups: readonly LiveGroup[]): Promise<void>;
  leave(connections: readonly Connection[], groups: readonly LiveGroup[]): Promise<void>;
};

/** By then whatever a socket's clock says it is closed. */
const marginSeconds = 600;

type LiveItem = { readonly userId: string; readonly socket: string };

export function liveStore(db: Database, TableName: string): LiveStore {
  return {
    async listByGroup(group) {
      const shards = await Promise.all(
        placesOf(group).map(async (place) => queryAll<LiveItem>(db, { TableName, ...at(place) })),
      );
      return shards.flat().map(({ userId, socket }) => decodeConnection(userId, socket));
    },

    async groupsOf(userId, Limit) {
      const query = { TableName, ...at(placeOfUser(userId)), ConsistentRead: true, Limit };
      const { Items = [] } = await db.send(new QueryCommand(query));
      return Items.map(({ entry, shards, expiresAt }) => ({
        conversationId: String(entry),
        shards: Number(shards),
        expiresAt: Number(expiresAt) as EpochSeconds,
      }));
    },

    noteGroups: async (userIds, groups, expiresAt) =>
      write(
        userIds.flatMap((userId) =>
          groups.map(({ conversationId, shards }) => ({
            PutRequest: { Item: { place: placeOfUser(userId), entry: conversationId, shards, expiresAt } },
          })),
        ),
      ),

    forgetGroups: async (userId, groups) =>
      write(
        groups.map(({ conversationId }) => ({
          DeleteRequest: { Key: { place: placeOfUser(userId), entry: conversationId } },
        })),
      ),

    join: async (connections, groups) =>
      write(
        rowsOf(connections, groups).map(({ key, connection }) => ({
          PutRequest: {
            Item: {
              ...key,
              userId: connection.userId,
              socket: encodeConnection(connection),
              expiresAt: connection.expiresAt + marginSeconds,
            },
          },
        })),
      ),

    leave: async (connections, groups) =>
      write(rowsOf(connections, groups).map(({ key: Key }) => ({ DeleteRequest: { Key } }))),
  };

  async function write(requests: readonly WriteRequest[]): Promise<void> {
    await batchWrite(db, TableName, requests);
  }
}

const at = (place: string) => ({
  KeyConditionExpression: 'place = :place',
  ExpressionAttributeValues: { ':place': place },
});

function rowsOf(connections: readonly Connection[], groups: readonly LiveGroup[]) {
  return connections.flatMap((connection) =>
    groups.map((group) => ({
      connection,
      key: { place: placeOf(group, connection.connectionId), entry: connection.connectionId },
    })),
  );
}
