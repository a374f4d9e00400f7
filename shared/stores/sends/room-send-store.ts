import type { EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import type { Placed } from '../expiry/expiry.ts';
import type { SendKey } from './send-key.ts';
import { outlivesBySeconds } from './send-store.ts';

export type RoomSendStore = {
  /**
   * Notes under which number the message of a repeated send is about to be stored: false when somebody else has noted another one
   * than `before` meanwhile. The record stays as long as its message.
   */
  notePlace(key: SendKey, placed: Placed, end: EpochSeconds, before: number | undefined): Promise<boolean>;
};

export function roomSendStore(db: Database, TableName: string): RoomSendStore {
  return {
    async notePlace({ userId, sendKey }, { seq, sentAt, expiresAt }, end, before) {
      const update = new UpdateCommand({
        TableName,
        Key: { userId, sendKey },
        UpdateExpression: 'SET seq = :seq, sentAt = :sentAt, endsAt = :end, expiresAt = :timeToLive',
        ConditionExpression:
          before === undefined ? 'attribute_exists(userId) AND attribute_not_exists(seq)' : 'seq = :before',
        ExpressionAttributeValues: {
          ':seq': seq,
          ':sentAt': sentAt,
          ':end': expiresAt,
          ':timeToLive': Math.max(expiresAt, end) + outlivesBySeconds,
          ...(before !== undefined && { ':before': before }),
        },
      });
      return succeeds(db.send(update));
    },
  };
}
