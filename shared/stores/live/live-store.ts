import type { EpochSeconds } from '../../time.ts';
import { type Connection, decodeConnection, encodeConnection } from '../connections/connection.ts';
import { batchWrite, type WriteRequest } from '../dynamodb/batch-write.ts';
import { succeeds, unlessRefused } from '../dynamodb/conditional-write.ts';
import type { Database } from '../dynamodb/database.ts';
import { DeleteCommand, QueryCommand, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import {
  beforeWatches,
  type GroupNote,
  type LiveGroup,
  marginSeconds,
  placeOf,
  placeOfUser,
  placesOf,
} from './live-shard.ts';
import { toWatch, type Watch } from './watch.ts';

/** One of the large groups of a user, until it has to be noted again. */
export type NotedGroup = GroupNote & { readonly expiresAt: EpochSeconds };

/** All that leads to rows of a user's connections. */
export type Notes = { readonly groups: readonly NotedGroup[]; readonly watches: readonly Watch[] };

/**
 * Who is connected to a large group: a row for each connection and group, and for each user the large groups that they are in, by
 * which the rows of a connection are made and found again. Both may say too much, never too little: who is no member, or not
 * connected any more, is left out by whoever reads them.
 */
export type LiveStore = {
  /** Each once; eventually consistent, in one query for each shard: 500 connections are about ten read units. */
  listByGroup(group: LiveGroup): Promise<readonly Connection[]>;
  /** Those with the lowest ids; strongly consistent. */
  groupsOf(userId: string, most: number): Promise<readonly NotedGroup[]>;
  /** The same and what their connections watch, in one call. */
  notesOf(userId: string, most: number): Promise<Notes>;
  /** Who is noted already keeps their place, however many shards there are by now; resolves to the notes as they stand. */
  noteGroups(
    userIds: readonly string[],
    groups: readonly (LiveGroup & Pick<GroupNote, 'since'>)[],
    until: EpochSeconds,
  ): Promise<readonly GroupNote[]>;
  /** Of somebody who has left by that revision: what says so goes, but for what was written because they have come back since. */
  endMembership(ended: EndedMembership): Promise<void>;
  forgetGroups(userId: string, groups: readonly Pick<LiveGroup, 'conversationId'>[]): Promise<void>;
  /** Each by the notes of its user. */
  join(connections: readonly Connection[], notes: readonly GroupNote[]): Promise<void>;
  leave(connections: readonly Connection[], notes: readonly GroupNote[]): Promise<void>;
};

/** The connections are read once they are found no more. */
export type EndedMembership = {
  readonly userId: string;
  readonly conversationId: string;
  readonly revision: number;
  readonly connections: () => Promise<readonly Connection[]>;
};

type LiveItem = { readonly userId: string; readonly socket: string };

/** Notes that are written side by side. */
const notesAtOnce = 50;

export function liveStore(db: Database, TableName: string): LiveStore {
  return {
    async listByGroup(group) {
      const shards = await Promise.all(
        placesOf(group).map(async (place) => queryAll<LiveItem>(db, { TableName, ...at(place) })),
      );
      const found = shards.flat().map(({ userId, socket }) => decodeConnection(userId, socket));
      // Of a member whose note was gone for a while there may be rows in two places.
      return [...new Map(found.map((each) => [each.connectionId, each])).values()];
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
      return Items.map((item) => toGroup(userId, item));
    },

    async notesOf(userId, Limit) {
      const query = { TableName, ...at(placeOfUser(userId)), ConsistentRead: true, Limit };
      const { Items = [] } = await db.send(new QueryCommand(query));
      return {
        groups: Items.filter(({ connectionId }) => connectionId === undefined).map((item) =>
          toGroup(userId, item),
        ),
        watches: Items.filter(({ connectionId }) => connectionId !== undefined).map((item) =>
          toWatch(userId, item),
        ),
      };
    },

    async noteGroups(userIds, groups, until) {
      const notes = userIds.flatMap((userId) => groups.map((group) => ({ ...group, userId })));
      return inTurns(notes, async ({ userId, conversationId, shards, since }) => {
        const { Attributes = {} } = await db.send(
          new UpdateCommand({
            TableName,
            Key: { place: placeOfUser(userId), entry: conversationId },
            UpdateExpression: `SET expiresAt = :until, shards = if_not_exists(shards, :shards)${since === undefined ? '' : ', since = :since'}`,
            ExpressionAttributeValues: {
              ...{ ':until': until, ':shards': shards },
              ...(since !== undefined && { ':since': since }),
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return toGroup(userId, Attributes);
      });
    },

    async endMembership({ userId, conversationId, revision, connections }) {
      const notLater = {
        ConditionExpression: 'attribute_not_exists(since) OR since < :revision',
        ExpressionAttributeValues: { ':revision': revision },
      };
      const Key = { place: placeOfUser(userId), entry: conversationId };
      const forgotten = await unlessRefused(
        db.send(new DeleteCommand({ TableName, Key, ...notLater, ReturnValues: 'ALL_OLD' })),
      );
      if (!('result' in forgotten) || forgotten.result.Attributes === undefined) return;
      const note = toGroup(userId, forgotten.result.Attributes);
      const rows = rowsOf(await connections(), [note]);
      await Promise.all(
        rows.map(async ({ key }) =>
          succeeds(db.send(new DeleteCommand({ TableName, Key: key, ...notLater }))),
        ),
      );
    },

    forgetGroups: async (userId, groups) =>
      write(
        groups.map(({ conversationId }) => ({
          DeleteRequest: { Key: { place: placeOfUser(userId), entry: conversationId } },
        })),
      ),

    join: async (connections, notes) =>
      write(
        rowsOf(connections, notes).map(({ key, connection, since }) => ({
          PutRequest: {
            Item: {
              ...key,
              userId: connection.userId,
              socket: encodeConnection(connection),
              expiresAt: connection.expiresAt + marginSeconds,
              ...(since !== undefined && { since }),
            },
          },
        })),
      ),

    leave: async (connections, notes) =>
      write(rowsOf(connections, notes).map(({ key: Key }) => ({ DeleteRequest: { Key } }))),
  };

  async function write(requests: readonly WriteRequest[]): Promise<void> {
    await batchWrite(db, TableName, requests);
  }
}

async function inTurns<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<GroupNote>,
): Promise<readonly GroupNote[]> {
  const notes: GroupNote[] = [];
  for (let from = 0; from < items.length; from += notesAtOnce)
    notes.push(...(await Promise.all(items.slice(from, from + notesAtOnce).map(act))));
  return notes;
}

function toGroup(
  userId: string,
  { entry, shards, since, expiresAt }: Readonly<Record<string, unknown>>,
): NotedGroup {
  return {
    userId,
    conversationId: String(entry),
    shards: Number(shards),
    ...(typeof since === 'number' && { since }),
    expiresAt: Number(expiresAt) as EpochSeconds,
  };
}

const at = (place: string) => ({
  KeyConditionExpression: 'place = :place',
  ExpressionAttributeValues: { ':place': place },
});

function rowsOf(connections: readonly Connection[], notes: readonly GroupNote[]) {
  const byUser = Map.groupBy(notes, ({ userId }) => userId);
  return connections.flatMap((connection) =>
    (byUser.get(connection.userId) ?? []).map((note) => ({
      connection,
      key: { place: placeOf(note, connection.connectionId), entry: connection.connectionId },
      ...(note.since !== undefined && { since: note.since }),
    })),
  );
}
