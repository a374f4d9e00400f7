import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, QueryCommand, UpdateCommand } from '../dynamodb/database.ts';
import { headKey, type Item, memberKey, toHead, toMember } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

type Memberships = Pick<
  ConversationStore,
  'listIds' | 'readMemberships' | 'markRead' | 'markDelivered' | 'removeMember'
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
      const ids = Items.map((item) => String(item['conversationId']));
      const last = ids.at(-1);
      return { ids, ...(LastEvaluatedKey !== undefined && last !== undefined && { next: last }) };
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

    async markRead(conversationId, userId, seq) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        // Who reads a message has come.
        UpdateExpression: 'SET readSeq = :seq REMOVE expiresAt, heldExpiresAt',
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

    async removeMember(conversationId, userId) {
      const Key = memberKey(conversationId, userId);
      const { Attributes } = await db.send(
        new DeleteCommand({ TableName: tableName, Key, ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
}
