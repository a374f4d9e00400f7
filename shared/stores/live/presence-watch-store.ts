import type { EpochSeconds } from '../../time.ts';
import type { Connection } from '../connections/connection.ts';
import { batchWrite } from '../dynamodb/batch-write.ts';
import { type Database, QueryCommand, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { marginSeconds } from './live-shard.ts';

/** One connection that is told whether somebody is there. */
export type PresenceWatch = {
  readonly userId: string;
  readonly connectionId: string;
  /** Whether its user was a contact of theirs when it asked. */
  readonly isContact: boolean;
};

/** Whom a connection has asked for. */
export type Watched = { readonly userId: string; readonly isContact: boolean };

/**
 * Who is told of whom: a row for each connection at the one whom it has asked for, and for each user one row a connection which leads
 * there. They end with the socket. They permit nothing: whoever tells looks at the settings, the blocks and the connections as they are then.
 */
export type PresenceWatchStore = {
  /** These in place of those before. */
  replace(connection: Connection, watched: readonly Watched[]): Promise<void>;
  /** So many of them at most; strongly consistent. */
  watchersOf(userId: string, most: number): Promise<readonly PresenceWatch[]>;
  /** Both who is told of the user and whom the user is told of; true when there was nothing. */
  forget(userId: string): Promise<boolean>;
};

const placeOf = (userId: string): string => `presence#${userId}`;
const placeOfOwn = (userId: string): string => `presences#${userId}`;

export function presenceWatchStore(db: Database, TableName: string): PresenceWatchStore {
  return {
    async replace({ userId, connectionId, expiresAt }, watched) {
      const end = (expiresAt + marginSeconds) as EpochSeconds;
      const users = watched.map((each) => each.userId);
      const { Attributes } = await db.send(
        new UpdateCommand({
          TableName,
          Key: { place: placeOfOwn(userId), entry: connectionId },
          UpdateExpression: 'SET expiresAt = :end, watched = :watched',
          ExpressionAttributeValues: { ':end': end, ':watched': users },
          ReturnValues: 'ALL_OLD',
        }),
      );
      const before = watchedIn(Attributes).filter((each) => !users.includes(each));
      await batchWrite(db, TableName, [
        ...before.map((each) => ({ DeleteRequest: { Key: { place: placeOf(each), entry: connectionId } } })),
        ...watched.map((each) => ({
          PutRequest: {
            Item: {
              ...{ place: placeOf(each.userId), entry: connectionId },
              ...{ userId, isContact: each.isContact, expiresAt: end },
            },
          },
        })),
      ]);
    },

    async watchersOf(userId, Limit) {
      const query = { TableName, ...at(placeOf(userId)), ConsistentRead: true, Limit };
      const { Items = [] } = await db.send(new QueryCommand(query));
      return Items.map((item) => ({
        userId: String(item['userId']),
        connectionId: String(item['entry']),
        isContact: item['isContact'] === true,
      }));
    },

    async forget(userId) {
      const rowsAt = async (place: string) =>
        queryAll<Item>(db, { TableName, ...at(place), ConsistentRead: true });
      const [own, others] = await Promise.all([rowsAt(placeOfOwn(userId)), rowsAt(placeOf(userId))]);
      const told = own.flatMap((item) =>
        watchedIn(item).map((each) => ({ place: placeOf(each), entry: item['entry'] })),
      );
      const keyOf = ({ place, entry }: Item) => ({ place, entry });
      // The own rows last: by them the others are found.
      for (const keys of [[...told, ...others.map(keyOf)], own.map(keyOf)])
        await batchWrite(
          db,
          TableName,
          keys.map((Key) => ({ DeleteRequest: { Key } })),
        );
      return own.length + others.length === 0;
    },
  };
}

type Item = Record<string, unknown>;

function watchedIn(item: Item | undefined): readonly string[] {
  const watched = item?.['watched'];
  return Array.isArray(watched) ? watched.map(String) : [];
}

const at = (place: string) => ({
  KeyConditionExpression: 'place = :place',
  ExpressionAttributeValues: { ':place': place },
});
