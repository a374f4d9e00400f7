import type { RetentionKind } from '../../configuration/retention-partitions.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import type { Retention } from '../expiry/retention.ts';
import { retentionKey } from './privacy-keys.ts';
import { ifUnchanged } from './revision.ts';

export type RememberedRetention = Retention & { readonly revision: number };

/** What is remembered of the retention of each kind of data, for as long as the deployment is there. */
export type RetentionStore = {
  /** Strongly consistent. */
  find(kind: RetentionKind): Promise<RememberedRetention | undefined>;
  /** False when it is no longer as in `before`: somebody else has changed it. */
  replace(
    kind: RetentionKind,
    retention: Retention,
    before: RememberedRetention | undefined,
  ): Promise<boolean>;
};

export function retentionStore(db: Database, TableName: string): RetentionStore {
  return {
    async find(kind) {
      const item = await getItem<Record<string, unknown>>(db, { TableName, Key: retentionKey(kind) });
      if (item === undefined) return undefined;
      const { periods, endedBefore, revision } = item;
      return { periods, endedBefore, revision } as RememberedRetention;
    },

    async replace(kind, { periods, endedBefore }, before) {
      const revision = (before?.revision ?? 0) + 1;
      const Item = { ...retentionKey(kind), periods, endedBefore, revision };
      return succeeds(db.send(new PutCommand({ TableName, Item, ...ifUnchanged(before) })));
    },
  };
}
