import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Receipt } from '../../protocol/erasure/table.ts';
import type { EpochSeconds } from '../../time.ts';

export type ReceiptStore = {
  /** Of the same request the latest one stays. */
  put(userId: string, receipt: Receipt, expiresAt: EpochSeconds): Promise<void>;
  /** The user's, in no order. */
  list(userId: string): Promise<readonly Receipt[]>;
};

const recordOf = (userId: string) => `receipts#${userId}`;

export function receiptStore(db: DynamoDBDocumentClient, tableName: string): ReceiptStore {
  return {
    async put(userId, receipt, expiresAt) {
      const Item = { record: recordOf(userId), at: receipt.requestId, ...receipt, expiresAt };
      await db.send(new PutCommand({ TableName: tableName, Item }));
    },

    async list(userId) {
      const receipts: Receipt[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await db.send(
          new QueryCommand({
            TableName: tableName,
            KeyConditionExpression: '#record = :record',
            ExpressionAttributeNames: { '#record': 'record' },
            ExpressionAttributeValues: { ':record': recordOf(userId) },
            ConsistentRead: true,
            ...(ExclusiveStartKey && { ExclusiveStartKey }),
          }),
        );
        for (const { record: _record, at: _at, expiresAt: _expiresAt, ...receipt } of page.Items ?? []) {
          receipts.push(receipt as Receipt);
        }
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return receipts;
    },
  };
}
