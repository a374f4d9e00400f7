import { setTimeout } from 'node:timers/promises';
import { BatchGetCommand, type Database } from './database.ts';

type BatchGet = {
  readonly TableName: string;
  readonly Keys: readonly Record<string, unknown>[];
  readonly ConsistentRead?: boolean;
};

/** As many as one call takes. */
const batchSize = 100;

/** The items that are there, in no order: as many calls as it takes side by side, of which none waits for another's. */
export async function batchGet<Item = Record<string, unknown>>(
  db: Database,
  { TableName, Keys, ...options }: BatchGet,
): Promise<readonly Item[]> {
  const batches = Array.from({ length: Math.ceil(Keys.length / batchSize) }, (_, index) =>
    Keys.slice(index * batchSize, (index + 1) * batchSize),
  );
  return (await Promise.all(batches.map(oneBatch))).flat();

  /** What a busy table leaves over is asked for again, after a pause that grows. */
  async function oneBatch(keys: readonly Record<string, unknown>[]): Promise<readonly Item[]> {
    const items: Item[] = [];
    let left = [...keys];
    for (let round = 0; ; round += 1) {
      const { Responses, UnprocessedKeys } = await db.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: left, ...options } } }),
      );
      items.push(...((Responses?.[TableName] ?? []) as Item[]));
      left = UnprocessedKeys?.[TableName]?.Keys ?? [];
      if (left.length === 0) return items;
      await setTimeout(Math.random() * Math.min(400, 25 * 2 ** round));
    }
  }
}
