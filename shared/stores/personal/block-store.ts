import type { EpochMillis } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { type Database, QueryCommand, TransactWriteCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';

/** Whom somebody blocks, and in the rows of those who are blocked, by whom. Both change in one write. */
export type BlockStore = {
  block(userId: string, otherId: string, at: EpochMillis): Promise<void>;
  unblock(userId: string, otherId: string): Promise<void>;
  /** Whom the user blocks, by id, from behind `after` on. Eventually consistent. */
  list(userId: string, limit: number, after?: string): Promise<BlockedPage>;
  /** All of them, as long as there are no more than so many; strongly consistent. */
  count(userId: string): Promise<number>;
  /** Whether the user blocks the other one; strongly consistent. */
  blocks(userId: string, otherId: string): Promise<boolean>;
  /** Those of the others who block the user: half a read unit each, and eventually consistent. */
  blockersAmong(userId: string, others: readonly string[]): Promise<ReadonlySet<string>>;
  /** The same, strongly consistent. */
  blockersNow(userId: string, others: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of the others whom the user blocks; eventually consistent. */
  blockedAmong(userId: string, others: readonly string[]): Promise<ReadonlySet<string>>;
};

export type BlockedPage = { readonly blocked: readonly string[]; readonly next?: string };

type Item = Record<string, unknown>;

const blockPrefix = 'block#';
const blockedByPrefix = 'blockedBy#';
/** Behind every entry that begins so. */
const blockEnd = 'block$';

const blockKey = (userId: string, otherId: string) => ({ userId, entry: blockPrefix + otherId });
const blockedByKey = (userId: string, otherId: string) => ({ userId, entry: blockedByPrefix + otherId });

/** Says what somebody else does, of which whose row it is is told nothing. */
export const isBlockedByEntry = (entry: string): boolean => entry.startsWith(blockedByPrefix);

/** The row of somebody else that says the same. */
export function counterpartOf(
  userId: string,
  entry: string,
): { readonly userId: string; readonly entry: string } | undefined {
  if (entry.startsWith(blockPrefix)) return blockedByKey(otherOf({ entry }), userId);
  return isBlockedByEntry(entry) ? blockKey(otherOf({ entry }), userId) : undefined;
}

export function blockStore(db: Database, TableName: string): BlockStore {
  return {
    async block(userId, otherId, at) {
      // The first time stays.
      const put = (Key: Item) => ({
        Update: {
          ...{ TableName, Key },
          UpdateExpression: 'SET blockedAt = if_not_exists(blockedAt, :at)',
          ExpressionAttributeValues: { ':at': at },
        },
      });
      const TransactItems = [put(blockKey(userId, otherId)), put(blockedByKey(otherId, userId))];
      await db.send(new TransactWriteCommand({ TransactItems }));
    },

    async unblock(userId, otherId) {
      const remove = (Key: Item) => ({ Delete: { TableName, Key } });
      const TransactItems = [remove(blockKey(userId, otherId)), remove(blockedByKey(otherId, userId))];
      await db.send(new TransactWriteCommand({ TransactItems }));
    },

    async list(userId, limit, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({ ...blocksOf(userId, after), Limit: limit }),
      );
      const blocked = Items.map(otherOf);
      const last = blocked.at(-1);
      return { blocked, ...(LastEvaluatedKey !== undefined && last !== undefined && { next: last }) };
    },

    async count(userId) {
      return (await queryAll(db, { ...blocksOf(userId), ConsistentRead: true })).length;
    },

    async blocks(userId, otherId) {
      const Keys = [blockKey(userId, otherId)];
      return (await batchGet(db, { TableName, Keys, ConsistentRead: true })).length > 0;
    },

    blockersNow: async (userId, others) =>
      among(
        others.map((otherId) => blockedByKey(userId, otherId)),
        true,
      ),
    blockersAmong: async (userId, others) => among(others.map((otherId) => blockedByKey(userId, otherId))),
    blockedAmong: async (userId, others) => among(others.map((otherId) => blockKey(userId, otherId))),
  };

  async function among(Keys: readonly Item[], ConsistentRead = false): Promise<ReadonlySet<string>> {
    return new Set((await batchGet(db, { TableName, Keys, ConsistentRead })).map(otherOf));
  }

  /** Both bounds are inclusive, and no id begins where the one that is named ends. */
  function blocksOf(userId: string, after?: string) {
    const from = after === undefined ? blockPrefix : `${blockPrefix}${after} `;
    return {
      TableName,
      KeyConditionExpression: 'userId = :userId AND entry BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':userId': userId, ':from': from, ':to': blockEnd },
    };
  }
}

const otherOf = ({ entry }: Item): string => String(entry).slice(String(entry).indexOf('#') + 1);
