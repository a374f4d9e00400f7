import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { Conversation, Member } from './conversation.ts';
import { headEntry, type Item, memberEntry, toConversation, toMember } from './conversation-item.ts';

export type MemberKey = { readonly conversationId: string; readonly userId: string };

/** Single rows of members, where the whole conversation would say too much or cost too much. */
export type MemberRowStore = {
  /** Strongly consistent. */
  readMember(conversationId: string, userId: string): Promise<Member | undefined>;
  /** Notes that the member takes part of their own accord. */
  markEngaged(conversationId: string, userId: string): Promise<void>;
  /** The users of those of the rows that say so; strongly consistent, 100 rows a call. */
  listEngaged(keys: readonly MemberKey[]): Promise<ReadonlySet<string>>;
  /** The first of these conversations that exists, with those of the users who are members; strongly consistent, one call. */
  readFirst(
    conversationIds: readonly string[],
    userIds: readonly string[],
  ): Promise<Conversation | undefined>;
};

export function memberRowStore(db: DynamoDBDocumentClient, TableName: string): MemberRowStore {
  const read = async (Keys: readonly Item[]) => batchGet(db, { TableName, Keys, ConsistentRead: true });
  const keyOf = (conversationId: string, userId: string) => ({ conversationId, entry: memberEntry(userId) });

  return {
    async readMember(conversationId, userId) {
      const item = await getItem(db, { TableName, Key: keyOf(conversationId, userId) });
      return item && toMember(item);
    },

    async markEngaged(conversationId, userId) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(conversationId, userId),
            UpdateExpression: 'SET engaged = :true',
            ConditionExpression: 'attribute_exists(conversationId)',
            ExpressionAttributeValues: { ':true': true },
          }),
        ),
      );
    },

    async listEngaged(keys) {
      const items = await read(keys.map(({ conversationId, userId }) => keyOf(conversationId, userId)));
      return new Set(items.map(toMember).flatMap(({ userId, engaged }) => (engaged ? [userId] : [])));
    },

    async readFirst(conversationIds, userIds) {
      const entries = [headEntry, ...userIds.map(memberEntry)];
      const items = await read(
        conversationIds.flatMap((conversationId) => entries.map((entry) => ({ conversationId, entry }))),
      );
      return conversationIds
        .map((id) => toConversation(items.filter(({ conversationId }) => conversationId === id)))
        .find((conversation) => conversation !== undefined);
    },
  };
}
