import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, QueryCommand, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import {
  formerKey,
  headKey,
  type Item,
  kindOfEntry,
  memberKey,
  toHead,
  toMember,
  toWaiting,
  waitingEntries,
  waitingKey,
} from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

type Memberships = Pick<
  ConversationStore,
  | 'listIds'
  | 'listOwnRows'
  | 'readMemberships'
  | 'markRead'
  | 'markDelivered'
  | 'forgetNamedBy'
  | 'removeMember'
  | 'noteRemoval'
>;

/** What one user is a member of. */
export function membershipStore(db: Database, tableName: string): Memberships {
  return {
    async listIds(userId, limit, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'byMember',
          KeyConditionExpression:
            after === undefined ? 'userId = :userId' : 'userId = :userId AND conversationId > :after',
          ExpressionAttributeValues: { ':userId': userId, ...(after !== undefined && { ':after': after }) },
          Limit: limit,
        }),
      );
      // Of who has come back there are two rows, side by side.
      const ids = [...new Set(Items.map((item) => String(item['conversationId'])))];
      const last = ids.at(-1);
      return { ids, ...(LastEvaluatedKey !== undefined && last !== undefined && { next: last }) };
    },

    async listOwnRows(userId, limit, after) {
      const [conversationId, entry] = after?.split(' ') ?? [];
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'byMember',
          KeyConditionExpression: 'userId = :userId',
          ExpressionAttributeValues: { ':userId': userId },
          Limit: limit,
          ...(after !== undefined && { ExclusiveStartKey: { userId, conversationId, entry } }),
        }),
      );
      const rows = Items.map((item) => ({
        conversationId: String(item['conversationId']),
        kind: kindOfEntry(String(item['entry'])),
      }));
      return {
        rows,
        // Neither part can hold a space.
        ...(LastEvaluatedKey !== undefined && {
          next: `${LastEvaluatedKey['conversationId']} ${LastEvaluatedKey['entry']}`,
        }),
      };
    },

    async readMemberships(userId, conversationIds) {
      const items = await batchGet(db, {
        TableName: tableName,
        Keys: conversationIds.flatMap((conversationId) => [
          headKey(conversationId),
          memberKey(conversationId, userId),
        ]),
      });
      const nameOf = ({ conversationId, entry }: Item) => `${conversationId} ${entry}`;
      const rows = new Map(items.map((item) => [nameOf(item), item]));
      return conversationIds.flatMap((conversationId) => {
        const head = rows.get(nameOf(headKey(conversationId)));
        const member = rows.get(nameOf(memberKey(conversationId, userId)));
        return head && member ? [{ head: toHead(head), member: toMember(member) }] : [];
      });
    },

    async markRead(conversationId, userId, seq, isHidden) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        // Who reads a message has come.
        UpdateExpression: `SET readSeq = :seq${isHidden === true ? ', shownReadSeq = if_not_exists(shownReadSeq, readSeq)' : ''} REMOVE expiresAt, heldExpiresAt${isHidden === true ? '' : ', shownReadSeq'}`,
        ConditionExpression: 'readSeq < :seq',
        ExpressionAttributeValues: { ':seq': seq },
      });
      return succeeds(db.send(update));
    },

    async markDelivered(conversationId, userId, seq) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: 'SET deliveredSeq = :seq',
        ConditionExpression:
          'attribute_exists(userId) AND (attribute_not_exists(deliveredSeq) OR deliveredSeq < :seq)',
        ExpressionAttributeValues: { ':seq': seq },
      });
      return succeeds(db.send(update));
    },

    async forgetNamedBy(conversationId, userId) {
      const items = await queryAll(db, {
        ...waitingEntries,
        TableName: tableName,
        ExpressionAttributeValues: { ...waitingEntries.ExpressionAttributeValues, ':id': conversationId },
        ConsistentRead: true,
      });
      const named = items.map(toWaiting).filter(({ by }) => by === userId);
      await Promise.all(
        named.map(async (waiting) => {
          const update = new UpdateCommand({
            TableName: tableName,
            Key: waitingKey(conversationId, waiting.userId),
            UpdateExpression: 'REMOVE #by',
            // Not a row that has gone meanwhile, because they came.
            ConditionExpression: '#by = :userId',
            ExpressionAttributeNames: { '#by': 'by' },
            ExpressionAttributeValues: { ':userId': userId },
          });
          await succeeds(db.send(update));
        }),
      );
    },

    async removeMember(conversationId, userId) {
      // The member's last: whatever interrupts this, it leads here again.
      const others = [formerKey(conversationId, userId), waitingKey(conversationId, userId)];
      const were = await Promise.all(others.map(removed));
      return (await removed(memberKey(conversationId, userId))) || were.includes(true);
    },

    async noteRemoval(conversationId, memberCount, heir) {
      if (heir !== undefined)
        await succeeds(
          db.send(
            new UpdateCommand({
              TableName: tableName,
              Key: memberKey(conversationId, heir),
              UpdateExpression: 'SET #role = :owner',
              ConditionExpression: 'attribute_exists(userId)',
              ExpressionAttributeNames: { '#role': 'role' },
              ExpressionAttributeValues: { ':owner': 'owner' },
            }),
          ),
        );
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: 'SET memberCount = :count ADD revision :one',
            ConditionExpression: 'attribute_exists(conversationId)',
            ExpressionAttributeValues: { ':count': memberCount, ':one': 1 },
          }),
        ),
      );
    },
  };

  async function removed(Key: Item): Promise<boolean> {
    const { Attributes } = await db.send(
      new DeleteCommand({ TableName: tableName, Key, ReturnValues: 'ALL_OLD' }),
    );
    return Attributes !== undefined;
  }
}
