import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import { clockedRowStore } from './clocked-row-store.ts';
import type { StoredProfile } from './profile.ts';

export type ProfileStore = {
  /** Strongly consistent, so that what was changed or erased is seen so at once; in no order. */
  read(userIds: readonly string[]): Promise<readonly StoredProfile[]>;
  /** False when it is no longer the one of `before`: somebody has changed or removed it meanwhile. */
  replace(profile: StoredProfile, before: StoredProfile | undefined, held: boolean): Promise<boolean>;
  /** Starts its clock anew; false when it is another one by now, or gone. */
  renew(profile: StoredProfile, at: EpochMillis, expiresAt: EpochSeconds): Promise<boolean>;
  /** False when it is no longer this one. */
  remove(profile: StoredProfile): Promise<boolean>;
  /** Takes its time to live off or puts it back; false when it is so already, or the profile is gone. */
  setHeld(userId: string, held: boolean, at: EpochMillis): Promise<boolean>;
};

export function profileStore(db: Database, TableName: string, marginSeconds: number): ProfileStore {
  const rows = clockedRowStore(db, TableName, marginSeconds);
  return {
    async read(userIds) {
      const Keys = userIds.map((userId) => ({ userId }));
      const items = await batchGet(db, { TableName, Keys, ConsistentRead: true });
      return items.map((item) => rows.toRow<StoredProfile>(item));
    },

    async replace(profile, before, held) {
      const Item = rows.toItem(profile, held);
      return succeeds(db.send(new PutCommand({ TableName, Item, ...ifStill(before) })));
    },

    renew: async (profile, at, expiresAt) => rows.renew({ userId: profile.userId }, profile, at, expiresAt),

    async remove(profile) {
      const Key = { userId: profile.userId };
      return succeeds(db.send(new DeleteCommand({ TableName, Key, ...ifStill(profile) })));
    },

    setHeld: async (userId, held, at) => rows.setHeld({ userId }, held, at),
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
