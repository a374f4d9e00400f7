import { epochSeconds } from '../../time.ts';
import type { Connection } from '../connections/connection.ts';
import { muteUpdate } from '../connections/mute-update.ts';
import { wasCanceled } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand } from '../dynamodb/database.ts';
import type { ConsentEntry } from './consent-entry.ts';

export type WithdrawalStore = {
  /**
   * The line of the ledger and the end of every push in one write. False when the ledger has another such line, or the user
   * other sockets: then nothing is written.
   */
  record(line: ConsentEntry, live: readonly Connection[]): Promise<boolean>;
};

/** What two transactions at a time, and a connect at the same time, are told. */
const lost = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

export function withdrawalStore(
  db: Database,
  tables: { readonly consents: string; readonly connections: string },
): WithdrawalStore {
  return {
    async record(line, live) {
      const { userId, decidedAt } = line;
      const sockets =
        live.length > 0
          ? { Update: muteUpdate(tables.connections, { userId, live, now: epochSeconds(decidedAt) }) }
          : {
              ConditionCheck: {
                TableName: tables.connections,
                Key: { userId },
                ConditionExpression: 'attribute_not_exists(connections)',
              },
            };
      const ledger = {
        Put: {
          TableName: tables.consents,
          Item: line,
          ConditionExpression: 'attribute_not_exists(userId)',
        },
      };
      try {
        await db.send(new TransactWriteCommand({ TransactItems: [ledger, sockets] }));
        return true;
      } catch (error) {
        if (!wasCanceled(error)) throw error;
        const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? '');
        if (reasons.some((reason) => lost.has(reason))) return false;
        throw error;
      }
    },
  };
}
