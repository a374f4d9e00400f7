import type { Clock } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { hasEnded } from './conversation-end.ts';
import { headKey, type Item, memberKey, toConversation, toHead, toMember } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

type ConversationRows = Pick<
  ConversationStore,
  | 'readHead'
  | 'readMember'
  | 'readFirst'
  | 'listEngaged'
  | 'listMembersAmong'
  | 'markEngaged'
  | 'markRecent'
  | 'noteRecentAsked'
>;

/** Single rows, where the whole conversation would say too much or cost too much. */
export function conversationRowStore(db: Database, TableName: string, now: Clock): ConversationRows {
  const read = async (Keys: readonly Item[]) => batchGet(db, { TableName, Keys, ConsistentRead: true });

  return {
    async readHead(conversationId) {
      const item = await getItem(db, { TableName, Key: headKey(conversationId) });
      return item && toHead(item);
    },

    async readMember(conversationId, userId) {
      const item = await getItem(db, { TableName, Key: memberKey(conversationId, userId) });
      const member = item && toMember(item);
      return member === undefined || hasEnded(member, now()) ? undefined : member;
    },

    async readFirst(conversationIds, userIds) {
      const keysOf = (id: string) => [headKey(id), ...userIds.map((userId) => memberKey(id, userId))];
      const items = await read(conversationIds.flatMap(keysOf));
      return conversationIds
        .map((id) =>
          toConversation(
            items.filter(({ conversationId }) => conversationId === id),
            now(),
          ),
        )
        .find((conversation) => conversation !== undefined);
    },

    async listEngaged(keys) {
      const items = await read(keys.map(({ conversationId, userId }) => memberKey(conversationId, userId)));
      const members = items.map(toMember).filter((member) => !hasEnded(member, now()));
      return new Set(members.flatMap(({ userId, engaged }) => (engaged ? [userId] : [])));
    },

    async listMembersAmong(keys) {
      const items = await read(keys.map(({ conversationId, userId }) => memberKey(conversationId, userId)));
      const there = items.filter((item) => !hasEnded(toMember(item), now()));
      return there.map(({ conversationId, userId }) => ({
        conversationId: String(conversationId),
        userId: String(userId),
      }));
    },

    async markEngaged(conversationId, userId) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName,
            Key: memberKey(conversationId, userId),
            UpdateExpression: 'SET engaged = :true',
            ConditionExpression: 'attribute_exists(conversationId)',
            ExpressionAttributeValues: { ':true': true },
          }),
        ),
      );
    },

    async markRecent(conversationId, day) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName,
            Key: headKey(conversationId),
            UpdateExpression: 'SET recentOn = :day',
            ConditionExpression:
              'attribute_exists(conversationId) AND (attribute_not_exists(recentOn) OR recentOn < :day)',
            ExpressionAttributeValues: { ':day': day },
          }),
        ),
      );
    },

    async noteRecentAsked(conversationId, at) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName,
            Key: headKey(conversationId),
            UpdateExpression: 'SET recentAskedAt = :at',
            ConditionExpression: 'attribute_exists(conversationId)',
            ExpressionAttributeValues: { ':at': at },
          }),
        ),
      );
    },
  };
}
