import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { existingItem, ifAbsent } from '../dynamodb/conditional-write.ts';
import type { Placed } from '../expiry/expiry.ts';

/** The idempotency record of one send: ids and times, nothing of the message. */
export type IdempotencyRecord = {
  readonly userId: string;
  readonly sendKey: string;
  readonly claimedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
} & Partial<Pick<Placed, 'seq' | 'sentAt'>>;

export type SendStore = {
  /** Resolves to the claim that was there before, or to undefined when this one is the first. */
  claim(claim: IdempotencyRecord): Promise<IdempotencyRecord | undefined>;
  /** Notes what became of the send, so that a later repeat costs one call. */
  recordResult(key: Pick<IdempotencyRecord, 'userId' | 'sendKey'>, placed: Placed): Promise<void>;
};

/** Neither part can hold a `#`. */
export function sendKey(conversationId: string, id: string): string {
  return `${conversationId}#${id}`;
}

export function sendStore(db: DynamoDBDocumentClient, tableName: string): SendStore {
  return {
    async claim(claim) {
      const put = new PutCommand({ TableName: tableName, Item: claim, ...ifAbsent('userId') });
      return (await existingItem(db.send(put))) as IdempotencyRecord | undefined;
    },

    async recordResult({ userId, sendKey: key }, { seq, sentAt, expiresAt }) {
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId, sendKey: key },
          UpdateExpression: 'SET seq = :seq, sentAt = :sentAt, expiresAt = :expiresAt',
          ExpressionAttributeValues: { ':seq': seq, ':sentAt': sentAt, ':expiresAt': expiresAt },
        }),
      );
    },
  };
}
