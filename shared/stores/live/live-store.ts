import type { EpochSeconds } from '../../time.ts';
import { type Connection, decodeConnection, encodeConnection } from '../connections/connection.ts';
import { batchWrite, type WriteRequest } from '../dynamodb/batch-write.ts';
import type { Database } from '../dynamodb/database.ts';
import { QueryCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import {
  beforeWatches,
  type LiveGroup,
  marginSeconds,
  placeOf,
  placeOfUser,
  placesOf,
} from './live-shard.ts';
import { toWatch, type Watch } from './watch.ts';

/** One of the large groups of a user, until it has to be noted again. */
export type NotedGroup = LiveGroup & { readonly expiresAt: EpochSeconds };

/** All that leads to rows of a user's connections. */
export type Notes = { readonly groups: readonly NotedGroup[]; readonly watches: readonly Watch[] };

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
  /** The same and what their connections watch, in one call. */
  notesOf(userId: string, most: number): Promise<Notes>;
  noteGroups(userIds: readonly string[], groups: readonly LiveGroup[], until: EpochSeconds): Promise<void>;
  forgetGroups(userId: string, groups: readonly LiveGroup[]): Promise<void>;
  join(connections: readonly Connection[], groups: readonly LiveGroup[]): Promise<void>;
  leave(connections: readonly Connection[], groups: readonly LiveGroup[]): Promise<void>;
};

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
      const query = {
        TableName,
        KeyConditionExpression: 'place = :place AND entry < :watches',
        ExpressionAttributeValues: { ':place': placeOfUser(userId), ':watches': beforeWatches },
        ConsistentRead: true,
        Limit,
      };
      const { Items = [] } = await db.send(new QueryCommand(query));
      return Items.map(toGroup);
    },

    async notesOf(userId, Limit) {
      const query = { TableName, ...at(placeOfUser(userId)), ConsistentRead: true, Limit };
      const { Items = [] } = await db.send(new QueryCommand(query));
      return {
        groups: Items.filter(({ connectionId }) => connectionId === undefined).map(toGroup),
        watches: Items.filter(({ connectionId }) => connectionId !== undefined).map((item) =>
          toWatch(userId, item),
        ),
      };
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

function toGroup({ entry, shards, expiresAt }: Readonly<Record<string, unknown>>): NotedGroup {
  return {
    conversationId: String(entry),
    shards: Number(shards),
    expiresAt: Number(expiresAt) as EpochSeconds,
  };
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
