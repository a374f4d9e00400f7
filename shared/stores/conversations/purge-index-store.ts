import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, QueryCommand, type QueryCommandInput, UpdateCommand } from '../dynamodb/database.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import { headKey } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';
import { purgeShards } from './purge-mark.ts';

type PurgeIndex = Pick<ConversationStore, 'listDue' | 'listDuePage' | 'earliestBounds' | 'replacePurgeMark'>;

const attributes = [
  'purgeShard',
  'nextPurgeAt',
  'purgeFrom',
  'drainingSince',
  'mixedUntil',
  'settledSeq',
  'settledAt',
  'purgePlace',
] as const;

const indexes = { byNextPurge: 'nextPurgeAt', byPurgeFrom: 'purgeFrom' } as const;
const indexBy = { nextPurgeAt: 'byNextPurge', purgeFrom: 'byPurgeFrom' } as const;

/** A turn of each of them takes some time: what is read far ahead is no longer so. */
const duePage = 64;

/** What the sweeper goes by. */
export function purgeIndexStore(db: Database, tableName: string): PurgeIndex {
  return {
    async *listDue({ expiredBy, sentBy }) {
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

    async listDuePage({ shard, by }, { expiredBy, sentBy }, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          ...dueIn(shard, indexBy[by], by === 'nextPurgeAt' ? expiredBy : sentBy),
          Limit: duePage,
          ...(after && {
            ExclusiveStartKey: { ...headKey(after.conversationId), purgeShard: shard, [by]: after.bound },
          }),
        }),
      );
      const due = Items.map((item) => ({
        conversationId: String(item['conversationId']),
        bound: Number(item[by]),
      }));
      return { due, more: LastEvaluatedKey !== undefined };
    },

    async earliestBounds() {
      const [nextPurgeAt, purgeFrom] = await Promise.all([lowest('byNextPurge'), lowest('byPurgeFrom')]);
      return {
        ...(nextPurgeAt !== undefined && { nextPurgeAt: nextPurgeAt as EpochSeconds }),
        ...(purgeFrom !== undefined && { purgeFrom: purgeFrom as EpochMillis }),
      };
    },

    async replacePurgeMark({ conversationId, purgeRevision = 0 }, { place, ...rest }) {
      const next = { ...rest, purgePlace: place && { ...place, revision: purgeRevision + 1 } };
      const set = attributes.filter((name) => next[name] !== undefined);
      // Marks of repeats, which earlier releases let gather until a head was full.
      const gone = [...attributes.filter((name) => next[name] === undefined), 'contested'];
      const sets = [...set, 'purgeRevision'].map((name) => `${name} = :${name}`).join(', ');
      const values = Object.fromEntries(set.map((name) => [`:${name}`, next[name]]));
      return succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: `SET ${sets} REMOVE ${gone.join(', ')}`,
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

  function dueIn(shard: string, index: keyof typeof indexes, bound: number): QueryCommandInput {
    return {
      TableName: tableName,
      IndexName: index,
      KeyConditionExpression: `purgeShard = :shard AND ${indexes[index]} <= :bound`,
      ExpressionAttributeValues: { ':shard': shard, ':bound': bound },
    };
  }

  async function* entries(shard: string, index: keyof typeof indexes, bound: number): AsyncIterable<string> {
    const found = queryItems(db, dueIn(shard, index, bound));
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
