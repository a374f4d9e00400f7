import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import type { StoredSettings } from './settings.ts';

export type LastActive = { readonly at: EpochMillis; readonly expiresAt: EpochSeconds };

/** What of somebody decides what others see of their presence, while they are not there. */
export type Absence = { readonly settings?: StoredSettings; readonly lastActive?: LastActive };

/** When somebody was last there, as exactly as they let others know, and not after they have ended their consent. */
export type LastActiveStore = {
  put(userId: string, lastActive: LastActive): Promise<void>;
  remove(userId: string): Promise<void>;
  /** With their settings, in calls of fifty users; strongly consistent. */
  read(userIds: readonly string[]): Promise<ReadonlyMap<string, Absence>>;
};

const entry = 'lastActive';

export function lastActiveStore(db: Database, TableName: string): LastActiveStore {
  return {
    async put(userId, lastActive) {
      await db.send(new PutCommand({ TableName, Item: { userId, entry, ...lastActive } }));
    },

    async remove(userId) {
      await db.send(new DeleteCommand({ TableName, Key: { userId, entry } }));
    },

    async read(userIds) {
      const Keys = userIds.flatMap((userId) => [
        { userId, entry },
        { userId, entry: 'settings' },
      ]);
      const items = await batchGet(db, { TableName, Keys, ConsistentRead: true });
      const absences = new Map<string, Absence>();
      for (const { userId, entry: of, ...row } of items) {
        const key = of === entry ? 'lastActive' : 'settings';
        absences.set(String(userId), { ...absences.get(String(userId)), [key]: row });
      }
      return absences;
    },
  };
}
