import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import type { Head, Member } from './conversation.ts';
import { headEntry, type Item, memberEntry, toHead, toMember } from './conversation-item.ts';

export type Membership = { readonly head: Head; readonly member: Member };

export type MembershipStore = {
  /** A page of the user's conversations, oldest id first; `next` is the last id of the page. */
  page(userId: string, limit: number, after?: string): Promise<{ ids: readonly string[]; next?: string }>;
  /** Heads and own rows of those the user is a member of; the others are left out. */
  read(userId: string, conversationIds: readonly string[]): Promise<readonly Membership[]>;
  suspend(userId: string): Promise<void>;
  resume(userId: string): Promise<void>;
  /** False when they have read as far already, or are no member. */
  markRead(conversationId: string, userId: string, seq: number): Promise<boolean>;
  /** False when the user was not a member. */
  remove(conversationId: string, userId: string): Promise<boolean>;
};

export function membershipStore(db: DynamoDBDocumentClient, tableName: string): MembershipStore {
  const store: MembershipStore = {
    async page(userId, limit, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'byUser',
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

    async read(userId, conversationIds) {
      const items = await batchGet(db, {
        TableName: tableName,
        Keys: conversationIds.flatMap((conversationId) => [
          { conversationId, entry: headEntry },
          { conversationId, entry: memberEntry(userId) },
        ]),
      });
      const rows = new Map(items.map((item) => [`${item['conversationId']} ${item['entry']}`, item]));
      return conversationIds.flatMap((conversationId) => {
        const head = rows.get(`${conversationId} ${headEntry}`);
        const member = rows.get(`${conversationId} ${memberEntry(userId)}`);
        return head && member ? [{ head: toHead(head), member: toMember(member) }] : [];
      });
    },

    suspend: async (userId) => eachConversation(userId, 'SET suspended = :true', { ':true': true }),
    resume: async (userId) => eachConversation(userId, 'REMOVE suspended'),

    markRead: async (conversationId, userId, seq) =>
      update(conversationId, userId, 'SET readSeq = :seq', { ':seq': seq }, 'readSeq < :seq'),

    async remove(conversationId, userId) {
      const Key = { conversationId, entry: memberEntry(userId) };
      const { Attributes } = await db.send(
        new DeleteCommand({ TableName: tableName, Key, ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
  };
  return store;

  async function eachConversation(userId: string, expression: string, values?: Item): Promise<void> {
    let after: string | undefined;
    do {
      const { ids, next } = await store.page(userId, 100, after);
      await Promise.all(ids.map((id) => update(id, userId, expression, values)));
      after = next;
    } while (after !== undefined);
  }

  async function update(
    conversationId: string,
    userId: string,
    expression: string,
    values?: Item,
    condition = 'attribute_exists(conversationId)',
  ): Promise<boolean> {
    return succeeds(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { conversationId, entry: memberEntry(userId) },
          UpdateExpression: expression,
          ConditionExpression: condition,
          ...(values && { ExpressionAttributeValues: values }),
        }),
      ),
    );
  }
}
