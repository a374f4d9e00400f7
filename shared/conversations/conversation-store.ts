import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMillis } from '../time.ts';
import type { Conversation, Head } from './conversation.ts';
import { headEntry, type Item, memberEntry, toConversation, toHead } from './conversation-item.ts';

export type ConversationStore = {
  /** Head and members, strongly consistent: one read unit for 4 KB of rows. */
  read(conversationId: string): Promise<Conversation | undefined>;
  /** Members first and the head last: a conversation exists from the instant its head does. */
  create(head: Omit<Head, 'contested' | 'lastSeq' | 'lastSentAt'>, members: readonly string[]): Promise<void>;
  /** Makes the number and time of a stored message known; never lowers them. */
  lift(conversationId: string, seq: number, sentAt: EpochMillis): Promise<void>;
  /** Marks a send as repeated, and returns the head as it is from then on. */
  contest(conversationId: string, mark: string): Promise<Head>;
  uncontest(conversationId: string, marks: readonly string[]): Promise<void>;
};

export function conversationStore(db: DynamoDBDocumentClient, tableName: string): ConversationStore {
  const headKey = (conversationId: string) => ({ conversationId, entry: headEntry });

  return {
    async read(conversationId) {
      const items: Item[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: 'conversationId = :id',
            ExpressionAttributeValues: { ':id': conversationId },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        items.push(...(page.Items ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return toConversation(items);
    },

    async create(head, members) {
      const { conversationId } = head;
      await Promise.all(
        members.map((userId) =>
          putIfAbsent({ conversationId, entry: memberEntry(userId), userId, readSeq: 0 }),
        ),
      );
      await putIfAbsent({ ...head, entry: headEntry, lastSeq: 0, lastSentAt: 0 });
    },

    async lift(conversationId, seq, sentAt) {
      await ignoringFailedCondition(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'SET lastSeq = :seq, lastSentAt = :sentAt',
          ConditionExpression: 'lastSeq < :seq',
          ExpressionAttributeValues: { ':seq': seq, ':sentAt': sentAt },
        }),
      );
    },

    async contest(conversationId, mark) {
      const { Attributes = {} } = await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'ADD contested :mark',
          ConditionExpression: 'attribute_exists(conversationId)',
          ExpressionAttributeValues: { ':mark': new Set([mark]) },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return toHead(Attributes);
    },

    async uncontest(conversationId, marks) {
      await ignoringFailedCondition(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'DELETE contested :marks',
          ConditionExpression: 'attribute_exists(conversationId)',
          ExpressionAttributeValues: { ':marks': new Set(marks) },
        }),
      );
    },
  };

  async function putIfAbsent(item: Item): Promise<void> {
    await ignoringFailedCondition(
      new PutCommand({
        TableName: tableName,
        Item: item,
        ConditionExpression: 'attribute_not_exists(conversationId)',
      }),
    );
  }

  async function ignoringFailedCondition(command: PutCommand | UpdateCommand): Promise<void> {
    try {
      await (command instanceof PutCommand ? db.send(command) : db.send(command));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
