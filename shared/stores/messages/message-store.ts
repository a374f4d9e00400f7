import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { existingItem, ifAbsent } from '../dynamodb/conditional-write.ts';
import { withEnd, withoutTimeToLive } from '../expiry/held-end.ts';
import type { Message } from './message.ts';

export type MessageStore = {
  /** Resolves to the message that has the number already, or to undefined when this one got it. */
  put(message: Message, held: boolean): Promise<Message | undefined>;
  /** Strongly consistent, in the order asked for, bounds exclusive; a page ends at `limit` or at 1 MB. */
  list(conversationId: string, range: Range): Promise<MessagePage>;
};

export type Range = {
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  readonly newestFirst: boolean;
};
export type MessagePage = { readonly messages: readonly Message[]; readonly more: boolean };

export function messageStore(db: DynamoDBDocumentClient, tableName: string): MessageStore {
  return {
    async put(message, held) {
      const Item = held ? withoutTimeToLive(message) : message;
      const put = new PutCommand({ TableName: tableName, Item, ...ifAbsent('conversationId') });
      const existing = await existingItem(db.send(put));
      return existing && toMessage(existing);
    },

    async list(conversationId, { after = 0, before = Number.MAX_SAFE_INTEGER, limit, newestFirst }) {
      if (before - after < 2) return { messages: [], more: false };
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'conversationId = :id AND seq BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':id': conversationId, ':from': after + 1, ':to': before - 1 },
          ScanIndexForward: !newestFirst,
          Limit: limit,
          ConsistentRead: true,
        }),
      );
      return { messages: Items.map(toMessage), more: LastEvaluatedKey !== undefined };
    },
  };
}

/** All that a message has: what a later release may have stored beside that is not passed on. */
const attributes: Readonly<Record<keyof Message, true>> = {
  conversationId: true,
  seq: true,
  id: true,
  from: true,
  sentAt: true,
  expiresAt: true,
  content: true,
  replyTo: true,
  mentions: true,
  erasedAt: true,
};

/** An erased message has only its number and its times: the rest reads as nobody's and empty, and is shown to no one. */
function toMessage(item: Record<string, unknown>): Message {
  const message: Message = withEnd({ id: '', from: '', content: { type: 'text', text: '' }, ...item });
  return Object.fromEntries(
    Object.entries(message).filter(([name]) => Object.hasOwn(attributes, name)),
  ) as Message;
}
