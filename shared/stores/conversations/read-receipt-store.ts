import type { EpochMillis } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import type { ReadReceipt } from './conversation.ts';
import { memberKey } from './conversation-item.ts';
import type { MemberKey } from './conversation-store.ts';

/** When a member of a large group has told the authors how far they have read. */
export type ReadReceiptStore = {
  /** Takes the member's turn to tell them. False when somebody else has taken it, or it has not come. */
  take(key: MemberKey, receipt: ReadReceipt, now: EpochMillis): Promise<boolean>;
  /** Notes that a job will tell them at that turn. False when one will already, or the turn is over. */
  plan(key: MemberKey, turn: EpochMillis): Promise<boolean>;
};

export function readReceiptStore(db: Database, tableName: string): ReadReceiptStore {
  return {
    async take({ conversationId, userId }, { seq, nextAt }, now) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: 'SET receiptSeq = :seq, receiptAt = :next',
        ConditionExpression:
          'attribute_exists(userId) AND (attribute_not_exists(receiptAt) OR receiptAt <= :now)',
        ExpressionAttributeValues: { ':seq': seq, ':next': nextAt, ':now': now },
      });
      return succeeds(db.send(update));
    },

    async plan({ conversationId, userId }, turn) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: 'SET receiptPlanned = :turn',
        ConditionExpression:
          'receiptAt = :turn AND (attribute_not_exists(receiptPlanned) OR receiptPlanned < :turn)',
        ExpressionAttributeValues: { ':turn': turn },
      });
      return succeeds(db.send(update));
    },
  };
}
