import { BatchGetCommand, type Database } from './database.ts';

type BatchGet = {
  readonly TableName: string;
  readonly Keys: readonly Record<string, unknown>[];
  readonly ConsistentRead?: boolean;
};

/** As many as one call takes. */
const batchSize = 100;

/** The items that are there, in no order; what a busy table leaves over is asked for again. */
export async function batchGet<Item = Record<string, unknown>>(
  db: Database,
  { TableName, Keys, ...options }: BatchGet,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let from = 0; from < Keys.length; from += batchSize) {
    let left: Record<string, unknown>[] = Keys.slice(from, from + batchSize);
    while (left.length > 0) {
      const { Responses, UnprocessedKeys } = await db.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: left, ...options } } }),
      );
      items.push(...((Responses?.[TableName] ?? []) as Item[]));
      left = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
  }
  return items;
}
