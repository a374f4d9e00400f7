import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { setHeld, withEnd, withoutTimeToLive } from '../dynamodb/time-to-live.ts';
import type { StoredProfile } from './profile.ts';

export type ProfileStore = {
  /** Strongly consistent, so that what was changed or erased is seen so at once; in no order. */
  read(userIds: readonly string[]): Promise<readonly StoredProfile[]>;
  /** False when it is no longer the one of `before`: somebody has changed or removed it meanwhile. */
  replace(profile: StoredProfile, before: StoredProfile | undefined, held: boolean): Promise<boolean>;
  /** False when it is no longer this one. */
  remove(profile: StoredProfile): Promise<boolean>;
  /** Takes its time to live off or puts it back; false when it is so already, or the profile is gone. */
  setHeld(userId: string, held: boolean): Promise<boolean>;
};

export function profileStore(db: DynamoDBDocumentClient, TableName: string): ProfileStore {
  return {
    async read(userIds) {
      const Keys = userIds.map((userId) => ({ userId }));
      return (await batchGet(db, { TableName, Keys, ConsistentRead: true })).map(withEnd<StoredProfile>);
    },

    async replace(profile, before, held) {
      const Item = held ? withoutTimeToLive(profile) : profile;
      return succeeds(db.send(new PutCommand({ TableName, Item, ...ifStill(before) })));
    },

    async remove(profile) {
      const Key = { userId: profile.userId };
      return succeeds(db.send(new DeleteCommand({ TableName, Key, ...ifStill(profile) })));
    },

    setHeld: async (userId, held) => setHeld(db, { TableName, Key: { userId } }, held),
  };
}

/** Each change has a time of its own. */
function ifStill(before: StoredProfile | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(userId)' };
  return {
    ConditionExpression: 'updatedAt = :before',
    ExpressionAttributeValues: { ':before': before.updatedAt },
  };
}
