import type { LapName } from '../../configuration/lap-partition.ts';
import type { EpochSeconds } from '../../time.ts';
import { type Database, DeleteCommand, PutCommand, QueryCommand } from '../dynamodb/database.ts';
import { lapKey } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';

export type LapStore = {
  /** The key behind which an earlier run has left off. */
  read(name: LapName): Promise<string | undefined>;
  save(name: LapName, after: string, expiresAt: EpochSeconds): Promise<void>;
  end(name: LapName): Promise<void>;
};

export function lapStore(db: Database, TableName: string): LapStore {
  return {
    async read(name) {
      const { Items = [] } = await db.send(new QueryCommand(privacyQuery(TableName, lapKey(name))));
      return Items[0]?.['after'];
    },

    async save(name, after, expiresAt) {
      await db.send(new PutCommand({ TableName, Item: { ...lapKey(name), after, expiresAt } }));
    },

    async end(name) {
      await db.send(new DeleteCommand({ TableName, Key: lapKey(name) }));
    },
  };
}
