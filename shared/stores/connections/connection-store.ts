import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { resultOf, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, UpdateCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { addUpdate } from './add-update.ts';
import { type Connection, encodeConnection } from './connection.ts';
import { type ConnectionItem, connectionsOf, type Sockets, socketsOf } from './connection-item.ts';
import { expiryShardOf } from './expiry-shard.ts';
import { muteUpdate } from './mute-update.ts';

/** Each lost race means that another connection, or the clock, got on. */
const attempts = 5;

/** One item per user, so that everybody of a conversation is found by one BatchGetItem. */
export type ConnectionStore = {
  /** Resolves to all that the user has then. */
  add(connection: Connection, now: EpochSeconds): Promise<readonly Connection[]>;
  /** Has the clock's next run from then on look at the user's connections. */
  lookBy(userId: string, when: EpochSeconds): Promise<void>;
  /** Whether it was the last of the user's that were live. */
  remove(connection: Connection): Promise<boolean | undefined>;
  /** Whether nobody has been told of the user's coming and going since `since`; they are now. */
  takeTurn(userId: string, now: EpochMillis, since: EpochMillis): Promise<boolean>;
  /** Has the clock's next run tell whether the user is there. */
  tellLater(userId: string, now: EpochMillis): Promise<void>;
  /** Deletes what is left of the user once no connection is. */
  forget(userId: string): Promise<void>;
  /** Those that may be pushed to; strongly consistent. */
  listByUser(userId: string): Promise<readonly Connection[]>;
  /** All of them; strongly consistent. */
  readSockets(userId: string): Promise<Sockets>;
  /** Nothing is pushed to them any more, and the clock closes them. False when the live ones are others by now. */
  mute(userId: string, live: readonly Connection[], now: EpochSeconds): Promise<boolean>;
  /** Eventually consistent, in calls of 100 users: half a read unit each. */
  listByUsers(userIds: readonly string[]): Promise<readonly Connection[]>;
  /** Strongly consistent: a read unit each. */
  listNow(userIds: readonly string[]): Promise<readonly Connection[]>;
};

export function connectionStore(db: Database, TableName: string): ConnectionStore {
  return {
    async add(connection, now) {
      for (let attempt = 1; attempt <= attempts; attempt += 1)
        for (const due of ['known', 'advanced'] as const) {
          const added = await resultOf(
            db.send(new UpdateCommand(addUpdate(TableName, connection, { now, due }))),
          );
          if (added !== undefined) return connectionsOf({ ...added.Attributes, userId: connection.userId });
        }
      throw new Error('somebody else writes the connections of this user all the time');
    },

    lookBy,

    async remove(connection) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId: connection.userId },
        UpdateExpression: 'DELETE connections :element, muted :element',
        ConditionExpression: 'attribute_exists(userId)',
        ExpressionAttributeValues: { ':element': new Set([encodeConnection(connection)]) },
        ReturnValues: 'ALL_OLD',
      });
      const removed = await resultOf(db.send(update));
      const before = connectionsOf(removed?.Attributes as ConnectionItem | undefined);
      return before.length === 1 && before[0]?.connectionId === connection.connectionId;
    },

    async takeTurn(userId, now, since) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: 'SET toldAt = :now',
        ConditionExpression:
          'attribute_exists(userId) AND (attribute_not_exists(toldAt) OR toldAt <= :since)',
        ExpressionAttributeValues: { ':now': now, ':since': since },
      });
      return succeeds(db.send(update));
    },

    async tellLater(userId, now) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId },
        UpdateExpression: 'SET untold = :true, nextExpiry = :now, expiryIndex = :index',
        ConditionExpression: 'attribute_exists(userId)',
        ExpressionAttributeValues: {
          ':true': true,
          ':now': epochSeconds(now),
          ':index': expiryShardOf(userId),
        },
      });
      await succeeds(db.send(update));
    },

    async forget(userId) {
      const ConditionExpression = 'attribute_not_exists(connections) AND attribute_not_exists(muted)';
      await succeeds(db.send(new DeleteCommand({ TableName, Key: { userId }, ConditionExpression })));
    },

    listByUser: async (userId) => (await readSockets(userId)).live,

    readSockets,

    mute: async (userId, live, now) =>
      succeeds(db.send(new UpdateCommand(muteUpdate(TableName, { userId, live, now })))),

    listByUsers: async (userIds) => listAll(userIds, false),
    listNow: async (userIds) => listAll(userIds, true),
  };

  async function listAll(
    userIds: readonly string[],
    ConsistentRead: boolean,
  ): Promise<readonly Connection[]> {
    const Keys = userIds.map((userId) => ({ userId }));
    return (await batchGet<ConnectionItem>(db, { TableName, Keys, ConsistentRead })).flatMap(connectionsOf);
  }

  async function readSockets(userId: string): Promise<Sockets> {
    return socketsOf(await getItem<ConnectionItem>(db, { TableName, Key: { userId } }));
  }

  async function lookBy(userId: string, when: EpochSeconds): Promise<void> {
    const advance = new UpdateCommand({
      TableName,
      Key: { userId },
      UpdateExpression: 'SET nextExpiry = :when',
      ConditionExpression: 'nextExpiry > :when',
      ExpressionAttributeValues: { ':when': when },
    });
    await succeeds(db.send(advance));
  }
}
