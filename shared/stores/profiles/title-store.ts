import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import { clockedItem, clockedRowStore } from './clocked-row-store.ts';
import { mayHaveTitle, type Title } from './title.ts';

export type TitleStore = {
  /** Does nothing where there is one: whoever has changed it since knows better. */
  put(title: Title, held: boolean): Promise<void>;
  /** Strongly consistent, so that what was erased is seen no more; in no order, also those that have ended. */
  read(conversationIds: readonly string[]): Promise<readonly Title[]>;
  /** The same for half the units, a moment old: for a list, which is that anyway. */
  readListed(conversationIds: readonly string[]): Promise<readonly Title[]>;
  /** Starts its clock anew; false when it is another one by now, or gone. */
  renew(title: Title, at: EpochMillis, expiresAt: EpochSeconds): Promise<boolean>;
  /** False when it is no longer this one. */
  remove(title: Title): Promise<boolean>;
  /** Takes its time to live off or puts it back; false when it is so already, or the title is gone. */
  setHeld(conversationId: string, held: boolean, at: EpochMillis): Promise<boolean>;
};

/** Where profiles are not stored there is no table for it either. No user's id has this character. */
export const titleKey = (conversationId: string) => ({ userId: `#${conversationId}` });

/** As it is stored, for who writes it along with something else. */
export function titleRow({ conversationId, ...title }: Title, held: boolean, marginSeconds: number) {
  return clockedItem({ ...title, ...titleKey(conversationId) }, held, marginSeconds);
}

export function titleStore(db: Database, TableName: string, marginSeconds: number): TitleStore {
  const rows = clockedRowStore(db, TableName, marginSeconds);

  function toTitle(item: Record<string, unknown>): Title {
    const { userId, ...title } = rows.toRow<Title & { readonly userId: string }>(item);
    return { ...title, conversationId: userId.slice(1) };
  }

  return {
    async put(title, held) {
      const Item = titleRow(title, held, marginSeconds);
      await succeeds(
        db.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(userId)' })),
      );
    },

    read: async (conversationIds) => find(conversationIds, true),
    readListed: async (conversationIds) => find(conversationIds, false),

    renew: async (title, at, expiresAt) => rows.renew(titleKey(title.conversationId), title, at, expiresAt),

    async remove({ conversationId, by, updatedAt }) {
      const remove = new DeleteCommand({
        TableName,
        Key: titleKey(conversationId),
        ConditionExpression: '#by = :by AND updatedAt = :version',
        ExpressionAttributeNames: { '#by': 'by' },
        ExpressionAttributeValues: { ':by': by, ':version': updatedAt },
      });
      return succeeds(db.send(remove));
    },

    setHeld: async (conversationId, held, at) => rows.setHeld(titleKey(conversationId), held, at),
  };

  async function find(
    conversationIds: readonly string[],
    ConsistentRead: boolean,
  ): Promise<readonly Title[]> {
    const Keys = conversationIds.filter(mayHaveTitle).map(titleKey);
    return (await batchGet(db, { TableName, Keys, ConsistentRead })).map(toTitle);
  }
}
