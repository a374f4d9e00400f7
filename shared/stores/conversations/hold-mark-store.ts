import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { headEntry, memberEntry } from './conversation-item.ts';
import { purgeShardOf } from './purge-mark.ts';

/** The marks by which a send knows that what it stores is under hold, in the rows that it reads anyway. */
export type HoldMarkStore = {
  /** On the head, which leaves the sweeper's indexes meanwhile. */
  holdConversation(conversationId: string): Promise<void>;
  /** Off the head, for the sweeper to look at what a hold has kept in there. */
  releaseConversation(conversationId: string, at: EpochSeconds): Promise<void>;
  setMember(conversationId: string, userId: string, held: boolean): Promise<void>;
};

/**
 * What is held tells the head nothing of the order of its ends, so after a release the sweeper reads all of the
 * conversation for so long, and sees for itself.
 */
const lookThroughSeconds = 86_400;

export function holdMarkStore(db: DynamoDBDocumentClient, tableName: string): HoldMarkStore {
  return {
    async holdConversation(conversationId) {
      await update({ conversationId, entry: headEntry }, [
        'SET held = :true REMOVE purgeShard, nextPurgeAt, purgeFrom, drainingSince ADD purgeRevision :one',
        { ':true': true, ':one': 1 },
      ]);
    },

    async releaseConversation(conversationId, at) {
      const set =
        'purgeShard = :shard, nextPurgeAt = :at, releasedAt = :at, mixedUntil = :mixed, purgeFrom = if_not_exists(purgeFrom, :from)';
      await update({ conversationId, entry: headEntry }, [
        `SET ${set} REMOVE held, drainingSince ADD purgeRevision :one`,
        {
          ...{ ':shard': purgeShardOf(conversationId), ':at': at, ':from': at * 1000, ':one': 1 },
          ':mixed': at + lookThroughSeconds,
        },
      ]);
    },

    async setMember(conversationId, userId, held) {
      await update(
        { conversationId, entry: memberEntry(userId) },
        held ? ['SET held = :true', { ':true': true }] : ['REMOVE held'],
      );
    },
  };

  type Change = readonly [expression: string, values?: Readonly<Record<string, unknown>>];

  async function update(Key: Record<string, string>, [expression, values]: Change): Promise<void> {
    await succeeds(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key,
          UpdateExpression: expression,
          ConditionExpression: 'attribute_exists(conversationId)',
          ...(values && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  }
}
