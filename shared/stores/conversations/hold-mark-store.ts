import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { setHeld } from '../dynamodb/time-to-live.ts';
import { headKey, memberKey } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';
import { purgeShardOf } from './purge-mark.ts';

type HoldMarks = Pick<
  ConversationStore,
  'holdConversation' | 'releaseConversation' | 'setMemberHeld' | 'setMemberEndHeld' | 'listMemberIds'
>;

/**
 * What is held tells the head nothing of the order of its ends, so after a release the sweeper reads all of the
 * conversation for so long, and sees for itself.
 */
const lookThroughSeconds = 86_400;

/** The marks by which a send knows of a legal hold. */
export function holdMarkStore(db: DynamoDBDocumentClient, tableName: string): HoldMarks {
  return {
    async holdConversation(conversationId) {
      await setHeld(db, { TableName: tableName, Key: headKey(conversationId) }, true);
      await update(headKey(conversationId), [
        'SET held = :true REMOVE purgeShard, nextPurgeAt, purgeFrom, drainingSince ADD purgeRevision :one',
        { ':true': true, ':one': 1 },
      ]);
    },

    async releaseConversation(conversationId, at) {
      const set =
        'purgeShard = :shard, nextPurgeAt = :at, releasedAt = :at, mixedUntil = :mixed, purgeFrom = if_not_exists(purgeFrom, :from)';
      await update(headKey(conversationId), [
        `SET ${set} REMOVE held, drainingSince ADD purgeRevision :one`,
        {
          ...{ ':shard': purgeShardOf(conversationId), ':at': at, ':from': at * 1000, ':one': 1 },
          ':mixed': at + lookThroughSeconds,
        },
      ]);
      await setHeld(db, { TableName: tableName, Key: headKey(conversationId) }, false);
    },

    async setMemberHeld(conversationId, userId, held) {
      await update(
        memberKey(conversationId, userId),
        held ? ['SET held = :true', { ':true': true }] : ['REMOVE held'],
      );
    },

    async setMemberEndHeld(conversationId, userId, held) {
      await setHeld(db, { TableName: tableName, Key: memberKey(conversationId, userId) }, held);
    },

    async listMemberIds(conversationId) {
      const items = await queryAll(db, {
        TableName: tableName,
        KeyConditionExpression: 'conversationId = :id',
        FilterExpression: 'attribute_exists(userId)',
        ProjectionExpression: 'userId',
        ExpressionAttributeValues: { ':id': conversationId },
        ConsistentRead: true,
      });
      return items.map(({ userId }) => String(userId));
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
