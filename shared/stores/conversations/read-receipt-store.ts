import type { EpochMillis } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import type { ReadReceipt } from './conversation.ts';
import { memberKey } from './conversation-item.ts';
import type { MemberKey } from './conversation-store.ts';
import { type Mark, markAttributes } from './mark.ts';

/** When a member of a large group has told the authors how far they have come, for each mark by itself. */
export type ReadReceiptStore = {
  /** Takes the member's turn to tell them. False when somebody else has taken it, or it has not come. */
  take(key: MemberKey, mark: Mark, receipt: ReadReceipt, now: EpochMillis): Promise<boolean>;
  /** Notes that a job will tell them at that turn. False when one will already, or the turn is over. */
  plan(key: MemberKey, mark: Mark, turn: EpochMillis): Promise<boolean>;
};

export function readReceiptStore(db: Database, tableName: string): ReadReceiptStore {
  return {
    async take({ conversationId, userId }, mark, { seq, nextAt }, now) {
      const { toldSeq, nextAt: at } = markAttributes[mark];
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: `SET ${toldSeq} = :seq, ${at} = :next`,
        ConditionExpression: `attribute_exists(userId) AND (attribute_not_exists(${at}) OR ${at} <= :now)`,
        ExpressionAttributeValues: { ':seq': seq, ':next': nextAt, ':now': now },
      });
      return succeeds(db.send(update));
    },

    async plan({ conversationId, userId }, mark, turn) {
      const { nextAt, planned } = markAttributes[mark];
      const update = new UpdateCommand({
        TableName: tableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: `SET ${planned} = :turn`,
        ConditionExpression: `${nextAt} = :turn AND (attribute_not_exists(${planned}) OR ${planned} < :turn)`,
        ExpressionAttributeValues: { ':turn': turn },
      });
      return succeeds(db.send(update));
    },
  };
}
