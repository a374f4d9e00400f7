import { type Clock, epochSeconds } from '../../time.ts';
import { type Connection, decodeConnection, encodeConnection } from '../connections/connection.ts';
import { batchWrite } from '../dynamodb/batch-write.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import {
  marginSeconds,
  placeAt,
  placeOfCursors,
  placeOfUser,
  watchEntriesOf,
  watchEntry,
} from './live-shard.ts';
import { toWatch, type Watch } from './watch.ts';

/** About how many connections a part of a room has. */
export type ShardSize = { readonly shard: number; readonly live: number };

/** Who watches which room. A row that leads to another is written before it, and deleted after it. */
export type WatchStore = {
  /** The longest of the user's own there that has not ended; strongly consistent, one read unit. */
  find(userId: string, conversationId: string): Promise<Watch | undefined>;
  /** Those of one part of a room; eventually consistent: 500 are about ten read units. */
  listShard(conversationId: string, shard: number): Promise<readonly Connection[]>;
  /** About; eventually consistent. */
  sizes(conversationId: string): Promise<readonly ShardSize[]>;
  add(watch: Watch, connection: Connection): Promise<void>;
  remove(watches: readonly Watch[]): Promise<void>;
  /** Counts one more or less. What is told of there begins, where nothing has been yet, behind `seq`. */
  count(watch: Pick<Watch, 'conversationId' | 'shard'>, change: 1 | -1, seq?: number): Promise<void>;
  /** What its user writes in rooms from then on is under a hold, or is no longer. */
  setHeld(watch: Watch, held: boolean): Promise<void>;
};

/** Nobody watches for longer: then nothing has to be told there, until somebody comes. */
const unwatchedSeconds = 7 * 86_400;

type LiveItem = { readonly userId: string; readonly socket: string };

export function watchStore(db: Database, TableName: string, now: Clock): WatchStore {
  return {
    async find(userId, conversationId) {
      const items = await queryAll(db, {
        TableName,
        KeyConditionExpression: 'place = :place AND begins_with(entry, :entry)',
        ExpressionAttributeValues: {
          ':place': placeOfUser(userId),
          ':entry': watchEntriesOf(conversationId),
        },
        ConsistentRead: true,
      });
      const over = epochSeconds(now());
      return items
        .map((item) => toWatch(userId, item))
        .filter(({ expiresAt }) => expiresAt > over)
        .toSorted((one, other) => other.expiresAt - one.expiresAt)[0];
    },

    async listShard(conversationId, shard) {
      const items = await queryAll<LiveItem>(db, { TableName, ...at(placeAt(conversationId, shard)) });
      return items.map(({ userId, socket }) => decodeConnection(userId, socket));
    },

    async sizes(conversationId) {
      const items = await queryAll(db, { TableName, ...at(placeOfCursors(conversationId)) });
      return items.map(({ entry, live }) => ({ shard: Number(entry), live: Math.max(0, Number(live ?? 0)) }));
    },

    async add(watch, connection) {
      const { userId, connectionId, conversationId, shard, expiresAt: endsAt, ...rest } = watch;
      const expiresAt = endsAt + marginSeconds;
      const note = { ...keyOfNote(watch), connectionId, conversationId, shard, endsAt, expiresAt, ...rest };
      await batchWrite(db, TableName, [{ PutRequest: { Item: note } }]);
      const socket = encodeConnection(connection);
      const row = { place: placeAt(conversationId, shard), entry: connectionId, userId, socket, expiresAt };
      await batchWrite(db, TableName, [{ PutRequest: { Item: row } }]);
    },

    async remove(watches) {
      const rows = watches.map(({ conversationId, shard, connectionId }) => ({
        DeleteRequest: { Key: { place: placeAt(conversationId, shard), entry: connectionId } },
      }));
      await batchWrite(db, TableName, rows);
      const notes = watches.map((watch) => ({ DeleteRequest: { Key: keyOfNote(watch) } }));
      await batchWrite(db, TableName, notes);
    },

    async count({ conversationId, shard }, change, seq) {
      const update = new UpdateCommand({
        TableName,
        Key: { place: placeOfCursors(conversationId), entry: String(shard) },
        UpdateExpression: `ADD live :change${seq === undefined ? '' : ' SET seq = if_not_exists(seq, :seq), expiresAt = :end'}`,
        ...(seq === undefined && { ConditionExpression: 'attribute_exists(place)' }),
        ExpressionAttributeValues: {
          ':change': change,
          ...(seq !== undefined && { ':seq': seq, ':end': epochSeconds(now()) + unwatchedSeconds }),
        },
      });
      await succeeds(db.send(update));
    },

    async setHeld(watch, held) {
      const update = new UpdateCommand({
        TableName,
        Key: keyOfNote(watch),
        UpdateExpression: held ? 'SET held = :true' : 'REMOVE held',
        ConditionExpression: 'attribute_exists(place)',
        ...(held && { ExpressionAttributeValues: { ':true': true } }),
      });
      await succeeds(db.send(update));
    },
  };
}

const at = (place: string) => ({
  KeyConditionExpression: 'place = :place',
  ExpressionAttributeValues: { ':place': place },
});

function keyOfNote({ userId, conversationId, connectionId }: Watch) {
  return { place: placeOfUser(userId), entry: watchEntry(conversationId, connectionId) };
}
