import type { Connection } from '../connections/connection.ts';
import { type ConnectionItem, connectionsOf } from '../connections/connection-item.ts';
import { batchGetTables } from '../dynamodb/batch-get.ts';
import type { Database } from '../dynamodb/database.ts';
import type { ConsentEntry } from './consent-entry.ts';

/** What a frame needs of two tables, in one call. */
export type ConsentAndSocketsStore = {
  /**
   * Whether the user's ledger has that line, strongly consistent, and the connections of some users, eventually consistent: a
   * read unit, and half of one for each user. A hundred keys in all.
   */
  read(line: Pick<ConsentEntry, 'userId' | 'entry'>, userIds: readonly string[]): Promise<ConsentAndSockets>;
};

export type ConsentAndSockets = { readonly hasLine: boolean; readonly connections: readonly Connection[] };

export function consentAndSocketsStore(
  db: Database,
  tables: { readonly consents: string; readonly connections: string },
): ConsentAndSocketsStore {
  return {
    async read({ userId, entry }, userIds) {
      const [lines = [], sockets = []] = await batchGetTables(db, [
        { TableName: tables.consents, Keys: [{ userId, entry }], ConsistentRead: true },
        { TableName: tables.connections, Keys: userIds.map((each) => ({ userId: each })) },
      ]);
      const connections = (sockets as readonly ConnectionItem[]).flatMap(connectionsOf);
      return { hasLine: lines.length > 0, connections };
    },
  };
}
