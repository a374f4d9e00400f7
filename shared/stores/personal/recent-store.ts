import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { batchWrite } from '../dynamodb/batch-write.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';

/** In that conversation something was written on that day: `2026-11-29`, in UTC. */
export type RecentMark = { readonly conversationId: string; readonly day: string };

/** By its mark a person's list finds a conversation without looking at those that have been silent for longer. */
export type RecentStore = {
  /** Each of these people is told; once more does no harm. */
  mark(userIds: readonly string[], mark: NewRecentMark): Promise<void>;
  /** Of an earlier day, where there is a later one. */
  unmark(userIds: readonly string[], mark: RecentMark): Promise<void>;
  /** A page, the latest day first; strongly consistent, so that what has moved on is found where it has gone. */
  list(userId: string, limit: number, before?: RecentMark): Promise<RecentPage>;
  /** Those set at that time or later, of that day or a later one; the earliest first. */
  listSince(userId: string, at: EpochMillis, limit: number, after?: RecentMark): Promise<RecentPage>;
  /** Those of them that are there. */
  among(userId: string, marks: readonly RecentMark[]): Promise<readonly RecentMark[]>;
};

export type NewRecentMark = RecentMark & { readonly at: EpochMillis; readonly expiresAt: EpochSeconds };
export type RecentPage = {
  readonly marks: readonly RecentMark[];
  /** How far it was looked; undefined: to the end. */
  readonly next?: RecentMark;
};

const prefix = 'recent#';
const entryOf = ({ day, conversationId }: RecentMark): string => `${prefix}${day}#${conversationId}`;
/** `$` comes next to `#`. */
const behindAll = 'recent$';

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

export function recentStore(db: Database, TableName: string): RecentStore {
  return {
    async mark(userIds, { at, expiresAt, ...mark }) {
      const row = { entry: entryOf(mark), at, expiresAt };
      const requests = userIds.map((userId) => ({ PutRequest: { Item: { userId, ...row } } }));
      await batchWrite(db, TableName, requests);
    },

    async unmark(userIds, mark) {
      const entry = entryOf(mark);
      const requests = userIds.map((userId) => ({ DeleteRequest: { Key: { userId, entry } } }));
      await batchWrite(db, TableName, requests);
    },

    async list(userId, limit, before) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'userId = :userId AND entry BETWEEN :first AND :behind',
          ExpressionAttributeValues: { ':userId': userId, ':first': prefix, ':behind': behindAll },
          ...(before !== undefined && { ExclusiveStartKey: { userId, entry: entryOf(before) } }),
          ScanIndexForward: false,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return pageOf(Items, LastEvaluatedKey);
    },

    async listSince(userId, at, limit, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'userId = :userId AND entry BETWEEN :first AND :behind',
          FilterExpression: '#at >= :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: {
            ':userId': userId,
            ':first': `${prefix}${dayOf(at)}`,
            ':behind': behindAll,
            ':at': at,
          },
          ...(after !== undefined && { ExclusiveStartKey: { userId, entry: entryOf(after) } }),
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return pageOf(Items, LastEvaluatedKey);
    },

    async among(userId, marks) {
      const Keys = marks.map((mark) => ({ userId, entry: entryOf(mark) }));
      const items = await batchGet(db, { TableName, Keys, ConsistentRead: true });
      return items.map(toMark);
    },
  };
}

function pageOf(items: readonly Item[], last: Item | undefined): RecentPage {
  return { marks: items.map(toMark), ...(last !== undefined && { next: toMark(last) }) };
}

type Item = Readonly<Record<string, unknown>>;

function toMark({ entry }: Item): RecentMark {
  const [, day = '', conversationId = ''] = String(entry).split('#');
  return { day, conversationId };
}
