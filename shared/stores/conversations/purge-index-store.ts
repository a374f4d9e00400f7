import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import type { Cutoff } from '../expiry/purge-times.ts';
import type { Head } from './conversation.ts';
import { headEntry, toHead } from './conversation-item.ts';
import { type PurgeMark, purgeShards } from './purge-mark.ts';

/** The mark as it is to be; what is undefined is taken away. */
export type NextMark = Pick<PurgeMark, 'purgeShard' | 'nextPurgeAt' | 'purgeFrom' | 'drainingSince'> &
  Pick<PurgeMark, 'mixedUntil' | 'settledSeq' | 'settledAt'>;

export type PurgeIndexStore = {
  /** Conversations that may hold something due, each once. */
  due(cutoff: Cutoff): AsyncIterable<string>;
  /** The lowest bounds there are. */
  earliest(): Promise<{ readonly nextPurgeAt?: EpochSeconds; readonly purgeFrom?: EpochMillis }>;
  /** Strongly consistent. */
  head(conversationId: string): Promise<Head | undefined>;
  /** False when the mark has changed since the head was read: whoever changed it knows better. */
  remark(head: Head, next: NextMark): Promise<boolean>;
};

const attributes = [
  'purgeShard',
  'nextPurgeAt',
  'purgeFrom',
  'drainingSince',
  'mixedUntil',
  'settledSeq',
  'settledAt',
] as const;

const indexes = { byNextPurge: 'nextPurgeAt', byPurgeFrom: 'purgeFrom' } as const;

export function purgeIndexStore(db: DynamoDBDocumentClient, tableName: string): PurgeIndexStore {
  return {
    async *due({ expiredBy, sentBy }) {
      const seen = new Set<string>();
      for (const shard of purgeShards) {
        for (const [index, bound] of [
          ['byNextPurge', expiredBy],
          ['byPurgeFrom', sentBy],
        ] as const) {
          for await (const conversationId of entries(shard, index, bound)) {
            if (!seen.has(conversationId)) yield conversationId;
            seen.add(conversationId);
          }
        }
      }
    },

    async earliest() {
      const [nextPurgeAt, purgeFrom] = await Promise.all([lowest('byNextPurge'), lowest('byPurgeFrom')]);
      return {
        ...(nextPurgeAt !== undefined && { nextPurgeAt: nextPurgeAt as EpochSeconds }),
        ...(purgeFrom !== undefined && { purgeFrom: purgeFrom as EpochMillis }),
      };
    },

    async head(conversationId) {
      const Key = { conversationId, entry: headEntry };
      const { Item: item } = await db.send(
        new GetCommand({ TableName: tableName, Key, ConsistentRead: true }),
      );
      return item && toHead(item);
    },

    async remark({ conversationId, purgeRevision = 0 }, next) {
      const set = attributes.filter((name) => next[name] !== undefined);
      const gone = attributes.filter((name) => next[name] === undefined);
      const sets = [...set, 'purgeRevision'].map((name) => `${name} = :${name}`).join(', ');
      const values = Object.fromEntries(set.map((name) => [`:${name}`, next[name]]));
      return succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { conversationId, entry: headEntry },
            UpdateExpression: `SET ${sets}${gone.length > 0 ? ` REMOVE ${gone.join(', ')}` : ''}`,
            ConditionExpression: 'purgeRevision = :seen',
            ExpressionAttributeValues: {
              ...values,
              ':seen': purgeRevision,
              ':purgeRevision': purgeRevision + 1,
            },
          }),
        ),
      );
    },
  };

  async function* entries(shard: string, index: keyof typeof indexes, bound: number): AsyncIterable<string> {
    const found = queryItems(db, {
      TableName: tableName,
      IndexName: index,
      KeyConditionExpression: `purgeShard = :shard AND ${indexes[index]} <= :bound`,
      ExpressionAttributeValues: { ':shard': shard, ':bound': bound },
    });
    for await (const item of found) yield String(item['conversationId']);
  }

  async function lowest(index: keyof typeof indexes): Promise<number | undefined> {
    const firsts = await Promise.all(
      purgeShards.map(async (shard) => {
        const { Items } = await db.send(
          new QueryCommand({
            TableName: tableName,
            IndexName: index,
            KeyConditionExpression: 'purgeShard = :shard',
            ExpressionAttributeValues: { ':shard': shard },
            Limit: 1,
          }),
        );
        return Items?.[0]?.[indexes[index]];
      }),
    );
    const numbers = firsts.filter((value) => typeof value === 'number');
    return numbers.length === 0 ? undefined : Math.min(...numbers);
  }
}
