import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { headKey } from '../conversations/conversation-item.ts';
import type { Placed } from '../expiry/expiry.ts';
import { type IdempotencyRecord, sendKey } from './send-store.ts';

/** What makes a send the same send. */
type SendId = { readonly conversationId: string; readonly id: string; readonly from: string };

/** Has its number; `pushed` once everybody connected has got it. */
export type TransientSend = IdempotencyRecord & Pick<Placed, 'seq' | 'sentAt'> & { readonly pushed?: true };

/** `behind`: another message took the number first. */
export type NumberTaken = 'taken' | 'behind' | { readonly earlier: TransientSend };

/** Numbers a message that is not stored: its claim and the head's counter change together or not at all. */
export type TransientSendStore = {
  take(message: Placed & SendId): Promise<NumberTaken>;
  /** Strongly consistent. */
  find(message: SendId): Promise<TransientSend | undefined>;
  /** Notes that nothing is left to do for it: until then a repeat, which brings the content again, pushes again. */
  markPushed(message: SendId): Promise<void>;
};

export function transientSendStore(
  db: DynamoDBDocumentClient,
  tables: { readonly sends: string; readonly conversations: string },
): TransientSendStore {
  return {
    async take({ conversationId, id, from, seq, sentAt, expiresAt }) {
      const claim: TransientSend = {
        userId: from,
        sendKey: sendKey(conversationId, id),
        claimedAt: sentAt,
        expiresAt,
        seq,
        sentAt,
      };
      try {
        await db.send(
          new TransactWriteCommand({
            TransactItems: [
              {
                Put: {
                  TableName: tables.sends,
                  Item: claim,
                  ConditionExpression: 'attribute_not_exists(userId)',
                  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
                },
              },
              {
                Update: {
                  TableName: tables.conversations,
                  Key: headKey(conversationId),
                  UpdateExpression: 'SET lastSeq = :seq, lastSentAt = :sentAt',
                  ConditionExpression: 'lastSeq = :before',
                  ExpressionAttributeValues: { ':seq': seq, ':sentAt': sentAt, ':before': seq - 1 },
                },
              },
            ],
          }),
        );
        return 'taken';
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        const earlier = error.CancellationReasons?.[0]?.Item;
        return earlier === undefined ? 'behind' : { earlier: unmarshall(earlier) as TransientSend };
      }
    },

    async find({ conversationId, id, from }) {
      const { Item } = await db.send(
        new GetCommand({
          TableName: tables.sends,
          Key: { userId: from, sendKey: sendKey(conversationId, id) },
          ConsistentRead: true,
        }),
      );
      return Item as TransientSend | undefined;
    },

    async markPushed({ conversationId, id, from }) {
      await db.send(
        new UpdateCommand({
          TableName: tables.sends,
          Key: { userId: from, sendKey: sendKey(conversationId, id) },
          UpdateExpression: 'SET pushed = :true',
          ConditionExpression: 'attribute_exists(userId)',
          ExpressionAttributeValues: { ':true': true },
        }),
      );
    },
  };
}
