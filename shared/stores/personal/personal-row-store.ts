import { batchWrite } from '../dynamodb/batch-write.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';

/** One row of what a person has for themselves; what else it holds is known to the store of its kind. */
export type PersonalRow = { readonly entry: string } & Readonly<Record<string, unknown>>;

/** Every row of a person, whatever its kind: for who takes them away or hands them out. */
export type PersonalRowStore = {
  /** A page in the order of the entries, from behind that one; strongly consistent. */
  list(userId: string, after?: string): Promise<PersonalPage>;
  remove(userId: string, entries: readonly string[]): Promise<void>;
};

export type PersonalPage = { readonly rows: readonly PersonalRow[]; readonly next?: string };

const pageSize = 100;

export function personalRowStore(db: Database, tableName: string): PersonalRowStore {
  return {
    async list(userId, after) {
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression:
            after === undefined ? 'userId = :userId' : 'userId = :userId AND entry > :after',
          ExpressionAttributeValues: { ':userId': userId, ...(after !== undefined && { ':after': after }) },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const rows = Items.map(({ userId: _, ...row }) => ({ ...row, entry: String(row['entry']) }));
      const last = rows.at(-1)?.entry;
      return { rows, ...(LastEvaluatedKey !== undefined && last !== undefined && { next: last }) };
    },

    async remove(userId, entries) {
      const requests = entries.map((entry) => ({ DeleteRequest: { Key: { userId, entry } } }));
      await batchWrite(db, tableName, requests);
    },
  };
}
