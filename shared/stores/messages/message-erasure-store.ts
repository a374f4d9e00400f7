import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMillis } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { withEnd } from '../expiry/held-end.ts';
import { mediaIn } from './media-in.ts';
import type { Message } from './message.ts';

/** What of a message is needed to erase it. */
export type Written = Pick<Message, 'conversationId' | 'seq' | 'id' | 'from' | 'sentAt' | 'expiresAt'> & {
  /** Of the media that goes with it. */
  readonly mediaId?: string;
};

/** Whose messages, of which conversation, up to when; both bounds of the numbers inclusive. */
export type WrittenRange = {
  readonly userId: string;
  readonly conversationId: string;
  readonly writtenBy: EpochMillis;
  readonly from: number;
  readonly to: number;
};

export type MessageErasureStore = {
  /** Strongly consistent; a page ends after some hundred messages of anybody's, the number `last`. */
  written(range: WrittenRange): Promise<{ readonly messages: readonly Written[]; readonly last?: number }>;
  /** Leaves nothing but the number and the times. False when the message is gone already. */
  blank(message: Written, erasedAt: EpochMillis): Promise<boolean>;
};

const pageSize = 240;

export function messageErasureStore(db: DynamoDBDocumentClient, tableName: string): MessageErasureStore {
  return {
    async written({ userId, conversationId, writtenBy, from, to }) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'conversationId = :id AND seq BETWEEN :first AND :last',
          FilterExpression: '#from = :userId AND sentAt <= :writtenBy',
          ProjectionExpression:
            'conversationId, seq, id, #from, sentAt, expiresAt, heldExpiresAt, #content.mediaId',
          ExpressionAttributeNames: { '#from': 'from', '#content': 'content' },
          ExpressionAttributeValues: {
            ':id': conversationId,
            ':first': from,
            ':last': to,
            ':userId': userId,
            ':writtenBy': writtenBy,
          },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const last: unknown = LastEvaluatedKey?.['seq'];
      // A hold that has just been lifted may not yet have given the message its end back.
      return { messages: Items.map(toWritten), ...(typeof last === 'number' && { last }) };
    },

    async blank({ conversationId, seq, from, sentAt, expiresAt }, erasedAt) {
      return succeeds(
        db.send(
          new PutCommand({
            TableName: tableName,
            Item: { conversationId, seq, sentAt, expiresAt, erasedAt },
            ConditionExpression: '#from = :from',
            ExpressionAttributeNames: { '#from': 'from' },
            ExpressionAttributeValues: { ':from': from },
          }),
        ),
      );
    },
  };
}

function toWritten({ content, ...item }: Record<string, unknown>): Written {
  return { ...withEnd<Written>(item), ...mediaIn(content) };
}
