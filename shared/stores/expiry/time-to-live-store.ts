import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { succeeds } from '../dynamodb/conditional-write.ts';

export type TimeToLiveStore<Key> = {
  /** Takes an item's time to live off or puts it back; false when it is so already, or the item is gone. */
  setHeld(key: Key, held: boolean): Promise<boolean>;
};

/** Of any table that deletes by `expiresAt`. Never makes an item: one that is deleted meanwhile stays deleted. */
export function timeToLiveStore<Key extends object>(
  db: DynamoDBDocumentClient,
  tableName: string,
): TimeToLiveStore<Key> {
  return {
    async setHeld(key, held) {
      const [from, to] = held ? ['expiresAt', 'heldExpiresAt'] : ['heldExpiresAt', 'expiresAt'];
      return succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { ...key },
            UpdateExpression: `SET ${to} = ${from} REMOVE ${from}`,
            ConditionExpression: `attribute_exists(${from})`,
          }),
        ),
      );
    },
  };
}
