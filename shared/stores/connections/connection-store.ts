import type { EpochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, UpdateCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { type Connection, encodeConnection, maxConnectionSeconds } from './connection.ts';
import { type ConnectionItem, connectionsOf, type Sockets, socketsOf } from './connection-item.ts';
import { expiryShardOf } from './expiry-shard.ts';
import { muteUpdate } from './mute-update.ts';

/** One item per user, so that everybody of a conversation is found by one BatchGetItem. */
export type ConnectionStore = {
  /** Resolves to all that the user has then. */
  add(connection: Connection, now: EpochSeconds): Promise<readonly Connection[]>;
  /** Has the clock's next run from then on look at the user's connections. */
  lookBy(userId: string, when: EpochSeconds): Promise<void>;
  remove(connection: Connection): Promise<void>;
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
};

export function connectionStore(db: Database, TableName: string): ConnectionStore {
  return {
    async add(connection, now) {
      const { userId, expiresAt } = connection;
      const { Attributes } = await db.send(
        new UpdateCommand({
          TableName,
          Key: { userId },
          UpdateExpression: `SET expiresAt = :ttl, expiryIndex = :index,
            nextExpiry = if_not_exists(nextExpiry, :expiry) ADD connections :element`,
          ExpressionAttributeValues: {
            ':ttl': now + maxConnectionSeconds + 600,
            ':index': expiryShardOf(userId),
            ':expiry': expiresAt,
            ':element': new Set([encodeConnection(connection)]),
          },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
      if (Attributes?.['nextExpiry'] > expiresAt) await lookBy(userId, expiresAt);
      return connectionsOf({ ...Attributes, userId });
    },

    lookBy,

    async remove(connection) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId: connection.userId },
        UpdateExpression: 'DELETE connections :element, muted :element',
        ConditionExpression: 'attribute_exists(userId)',
        ExpressionAttributeValues: { ':element': new Set([encodeConnection(connection)]) },
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

    async listByUsers(userIds) {
      const Keys = userIds.map((userId) => ({ userId }));
      return (await batchGet<ConnectionItem>(db, { TableName, Keys })).flatMap(connectionsOf);
    },
  };

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
