import { unmarshall } from '@aws-sdk/util-dynamodb';
import { headKey } from '../conversations/conversation-item.ts';
import { ifAbsent, wasCanceled } from '../dynamodb/conditional-write.ts';
import { type Database, GetCommand, TransactWriteCommand, UpdateCommand } from '../dynamodb/database.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import { sendKeyOf } from './send-key.ts';
import { outlivesBySeconds, type SendStore, type TransientSend } from './send-store.ts';

/** What sending needs where messages are not stored. */
export function transientSendStore(
  db: Database,
  tables: { readonly sends: string; readonly conversations: string },
): Pick<SendStore, 'takeNumber' | 'find' | 'markPushed'> {
  return {
    async takeNumber({ conversationId, id, from, seq, sentAt, expiresAt }, end) {
      const record: TransientSend = {
        ...sendKeyOf({ conversationId, id, from }),
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
                  Item: { ...record, endsAt: expiresAt, expiresAt: end + outlivesBySeconds },
                  ...ifAbsent('userId'),
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
        if (!wasCanceled(error)) throw error;
        const earlier = error.CancellationReasons?.[0]?.Item;
        return earlier === undefined ? 'behind' : { earlier: withEnd<TransientSend>(unmarshall(earlier)) };
      }
    },

    async find({ userId, sendKey }) {
      const { Item } = await db.send(
        new GetCommand({
          TableName: tables.sends,
          Key: { userId, sendKey },
          ConsistentRead: true,
        }),
      );
      return Item && withEnd<TransientSend>(Item);
    },

    async markPushed({ userId, sendKey }) {
      await db.send(
        new UpdateCommand({
          TableName: tables.sends,
          Key: { userId, sendKey },
          UpdateExpression: 'SET pushed = :true',
          ConditionExpression: 'attribute_exists(userId)',
          ExpressionAttributeValues: { ':true': true },
        }),
      );
    },
  };
}
