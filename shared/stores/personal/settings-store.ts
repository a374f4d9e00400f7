import { succeeds, wasCanceled } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, TransactWriteCommand, UpdateCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { ChosenSettings, StoredSettings } from './settings.ts';

export type SettingsStore = {
  /** Strongly consistent; undefined for who has set nothing. */
  read(userId: string): Promise<StoredSettings | undefined>;
  /**
   * In one write with the copy beside their connections, by which whoever pushes knows them without another read. False when they are no
   * longer those of `before`.
   */
  replace(userId: string, settings: StoredSettings, before: StoredSettings | undefined): Promise<boolean>;
  /** Puts the copy beside the connections, unless it is there or a newer one is. */
  copy(userId: string, settings: StoredSettings): Promise<void>;
};

export function settingsStore(
  db: Database,
  tables: { readonly personal: string; readonly connections: string },
): SettingsStore {
  return {
    async read(userId) {
      const item = await getItem(db, { TableName: tables.personal, Key: keyOf(userId) });
      if (item === undefined) return undefined;
      const { userId: _user, entry: _entry, ...settings } = item;
      return settings as StoredSettings;
    },

    async replace(userId, settings, before) {
      const Put = {
        TableName: tables.personal,
        Item: { ...keyOf(userId), ...settings },
        ...ifStill(before),
      };
      const transaction = new TransactWriteCommand({
        TransactItems: [{ Put }, { Update: copyOf(userId, settings) }],
      });
      try {
        await db.send(transaction);
        return true;
      } catch (error) {
        if (!wasCanceled(error)) throw error;
        const [row, copy] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
        if (row === 'None' && copy === 'ConditionalCheckFailed')
          return succeeds(db.send(new PutCommand(Put)));
        if ([row, copy].some((code) => code === 'ConditionalCheckFailed' || code === 'TransactionConflict'))
          return false;
        throw error;
      }
    },

    async copy(userId, settings) {
      await succeeds(db.send(new UpdateCommand(copyOf(userId, settings))));
    },
  };

  /** Nobody is connected where there is no item: who connects has it copied then. */
  function copyOf(userId: string, { changedAt, ...settings }: StoredSettings) {
    const chosen: ChosenSettings = settings;
    return {
      TableName: tables.connections,
      Key: { userId },
      UpdateExpression: 'SET settings = :settings, settingsAt = :at',
      ConditionExpression:
        'attribute_exists(userId) AND (attribute_not_exists(settingsAt) OR settingsAt < :at)',
      ExpressionAttributeValues: { ':settings': chosen, ':at': changedAt },
    };
  }
}

const keyOf = (userId: string) => ({ userId, entry: 'settings' });

function ifStill(before: StoredSettings | undefined) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(userId)' };
  return {
    ConditionExpression: 'changedAt = :before',
    ExpressionAttributeValues: { ':before': before.changedAt },
  };
}
