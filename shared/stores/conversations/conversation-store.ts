import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import type { Placed } from '../expiry/expiry.ts';
import type { Conversation, Head } from './conversation.ts';
import { headEntry, type Item, memberEntry, toConversation, toHead } from './conversation-item.ts';
import { type MemberRowStore, memberRowStore } from './member-row-store.ts';
import { type ExpiryToSchedule, type PurgeMark, purgeShardOf } from './purge-mark.ts';
import { encodeRetryMark, type RetryMark } from './retry-mark.ts';

export type NewHead = Omit<Head, 'retryMarks' | 'lastSeq' | 'lastSentAt' | keyof PurgeMark>;
export type LastMessage = Placed & { readonly conversationId: string };

export type ConversationStore = MemberRowStore & {
  /** Strongly consistent. */
  readHead(conversationId: string): Promise<Head | undefined>;
  /** Head and members, strongly consistent: one read unit for 4 KB of rows. */
  read(conversationId: string): Promise<Conversation | undefined>;
  /** Members first and the head last: a conversation exists from the instant its head does. */
  create(head: NewHead, members: readonly string[], heldUsers: ReadonlySet<string>): Promise<void>;
  /** Makes the number and times of a stored message known; never lowers them. */
  advanceLastSeq(message: LastMessage): Promise<void>;
  /** Tells the sweeper of what is about to be stored. */
  scheduleExpiry(conversationId: string, expiry: ExpiryToSchedule): Promise<void>;
  /** Marks a send as repeated, and returns the head as it is from then on. */
  markRetry(conversationId: string, mark: RetryMark): Promise<Head>;
  clearRetries(conversationId: string, marks: readonly RetryMark[]): Promise<void>;
  /** Who a direct conversation is shown to be with; not where everybody has left it. */
  keepPair(conversationId: string, pair: readonly string[]): Promise<void>;
  /** Gives a direct conversation that somebody had left its two people again. */
  restorePair(conversationId: string, pair: readonly string[]): Promise<void>;
  /** Takes away what anybody has said of it. */
  strip(conversationId: string): Promise<void>;
};

export function conversationStore(db: DynamoDBDocumentClient, tableName: string): ConversationStore {
  const headKey = (conversationId: string) => ({ conversationId, entry: headEntry });

  return {
    ...memberRowStore(db, tableName),

    async readHead(conversationId) {
      const item = await getItem(db, { TableName: tableName, Key: headKey(conversationId) });
      return item && toHead(item);
    },

    async read(conversationId) {
      const items = await queryAll(db, {
        TableName: tableName,
        KeyConditionExpression: 'conversationId = :id',
        ExpressionAttributeValues: { ':id': conversationId },
        ConsistentRead: true,
      });
      return toConversation(items);
    },

    async create(head, members, heldUsers) {
      const { conversationId } = head;
      await Promise.all(
        members.map((userId) =>
          putIfAbsent({
            ...{ conversationId, entry: memberEntry(userId), userId, readSeq: 0 },
            ...(heldUsers.has(userId) && { held: true }),
          }),
        ),
      );
      await putIfAbsent({ ...head, entry: headEntry, lastSeq: 0, lastSentAt: 0 });
    },

    async advanceLastSeq({ conversationId, seq, sentAt, expiresAt }) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: 'SET lastSeq = :seq, lastSentAt = :sentAt, lastExpiresAt = :expiresAt',
            ConditionExpression: 'lastSeq < :seq',
            ExpressionAttributeValues: { ':seq': seq, ':sentAt': sentAt, ':expiresAt': expiresAt },
          }),
        ),
      );
    },

    async scheduleExpiry(conversationId, { sentAt, expiresAt, mixedUntil }) {
      await change(
        'SET purgeShard = :shard, nextPurgeAt = if_not_exists(nextPurgeAt, :expiresAt), purgeFrom = if_not_exists(purgeFrom, :sentAt) REMOVE drainingSince',
        'attribute_exists(conversationId)',
        { ':shard': purgeShardOf(conversationId), ':expiresAt': expiresAt, ':sentAt': sentAt },
      );
      if (mixedUntil === undefined) return;
      // Each on its own condition: of several senders the one that asks for most has its way.
      await change('SET nextPurgeAt = :at', 'nextPurgeAt > :at', { ':at': expiresAt });
      await change('SET mixedUntil = :at', 'attribute_not_exists(mixedUntil) OR mixedUntil < :at', {
        ':at': mixedUntil,
      });

      async function change(expression: string, condition: string, values: Item): Promise<void> {
        await succeeds(
          db.send(
            new UpdateCommand({
              TableName: tableName,
              Key: headKey(conversationId),
              UpdateExpression: `${expression} ADD purgeRevision :one`,
              ConditionExpression: condition,
              ExpressionAttributeValues: { ...values, ':one': 1 },
            }),
          ),
        );
      }
    },

    async markRetry(conversationId, mark) {
      const { Attributes = {} } = await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'ADD contested :mark',
          ConditionExpression: 'attribute_exists(conversationId)',
          ExpressionAttributeValues: { ':mark': new Set([encodeRetryMark(mark)]) },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return toHead(Attributes);
    },

    async clearRetries(conversationId, marks) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: 'DELETE contested :marks',
            ConditionExpression: 'attribute_exists(conversationId)',
            ExpressionAttributeValues: { ':marks': new Set(marks.map(encodeRetryMark)) },
          }),
        ),
      );
    },

    keepPair: async (conversationId, pair) => setPair(conversationId, pair, 'attribute_exists(pair)'),
    restorePair: async (conversationId, pair) =>
      setPair(conversationId, pair, 'attribute_exists(conversationId)'),

    async strip(conversationId) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: 'REMOVE pair, title',
            ConditionExpression: 'attribute_exists(conversationId)',
          }),
        ),
      );
    },
  };

  async function setPair(conversationId: string, pair: readonly string[], condition: string): Promise<void> {
    await succeeds(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'SET pair = :pair',
          ConditionExpression: condition,
          ExpressionAttributeValues: { ':pair': pair },
        }),
      ),
    );
  }

  async function putIfAbsent(item: Item): Promise<void> {
    await succeeds(
      db.send(
        new PutCommand({
          TableName: tableName,
          Item: item,
          ConditionExpression: 'attribute_not_exists(conversationId)',
        }),
      ),
    );
  }
}
