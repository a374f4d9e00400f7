import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { putTimeToLiveBack, takeTimeToLive } from '../dynamodb/time-to-live.ts';
import { formerKey, headKey, kindOfEntry, memberKey } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';
import { purgeShardOf } from './purge-mark.ts';

type HoldMarks = Pick<
  ConversationStore,
  'holdConversation' | 'releaseConversation' | 'setMemberHeld' | 'setMemberEndHeld' | 'listMemberIds'
>;

/**
 * While a conversation is held its head is told nothing of the order of ends, so after its release the sweeper reads
 * all of it for so long, and sees for itself. A hold on a user leaves the head as it is: it knows the order.
 */
const lookThroughSeconds = 86_400;

/** The marks by which a send knows of a legal hold. */
export function holdMarkStore(db: Database, tableName: string): HoldMarks {
  return {
    async holdConversation(conversationId) {
      await takeTimeToLive(db, { TableName: tableName, Key: headKey(conversationId) });
      await update(headKey(conversationId), [
        'SET held = :true REMOVE purgeShard, nextPurgeAt, purgeFrom, drainingSince ADD purgeRevision :one',
        { ':true': true, ':one': 1 },
      ]);
    },

    async releaseConversation(conversationId, at) {
      const set =
        'purgeShard = :shard, nextPurgeAt = :at, releasedAt = :at, purgeFrom = if_not_exists(purgeFrom, :from)';
      const rest = 'REMOVE held, drainingSince ADD purgeRevision :one';
      const shard = purgeShardOf(conversationId);
      const values = { ':shard': shard, ':at': at, ':from': at * 1000, ':one': 1 };
      const wasHeld = await update(
        headKey(conversationId),
        [`SET ${set}, mixedUntil = :mixed ${rest}`, { ...values, ':mixed': at + lookThroughSeconds }],
        'attribute_exists(held)',
      );
      if (!wasHeld) await update(headKey(conversationId), [`SET ${set} ${rest}`, values]);
      await putTimeToLiveBack(db, { TableName: tableName, Key: headKey(conversationId) }, at);
    },

    async setMemberHeld(conversationId, userId, held) {
      await update(
        memberKey(conversationId, userId),
        held ? ['SET held = :true', { ':true': true }] : ['REMOVE held'],
      );
    },

    async setMemberEndHeld(conversationId, userId, held, at) {
      // What somebody wrote who has left is found by their other row.
      for (const Key of [memberKey(conversationId, userId), formerKey(conversationId, userId)]) {
        const row = { TableName: tableName, Key };
        await (held ? takeTimeToLive(db, row) : putTimeToLiveBack(db, row, at));
      }
    },

    async listMemberIds(conversationId) {
      const items = await queryAll(db, {
        TableName: tableName,
        KeyConditionExpression: 'conversationId = :id',
        FilterExpression: 'attribute_exists(userId)',
        ProjectionExpression: 'userId, entry',
        ExpressionAttributeValues: { ':id': conversationId },
        ConsistentRead: true,
      });
      const there = items.filter(({ entry }) => kindOfEntry(String(entry)) !== 'waiting');
      return [...new Set(there.map(({ userId }) => String(userId)))];
    },
  };

  type Change = readonly [expression: string, values?: Readonly<Record<string, unknown>>];

  async function update(
    Key: Record<string, string>,
    [expression, values]: Change,
    condition = 'attribute_exists(conversationId)',
  ): Promise<boolean> {
    return succeeds(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key,
          UpdateExpression: expression,
          ConditionExpression: condition,
          ...(values && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  }
}
