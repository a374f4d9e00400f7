import { setTimeout } from 'node:timers/promises';
import { BatchGetCommand, type Database } from './database.ts';

type BatchGet = {
  readonly TableName: string;
  readonly Keys: readonly Record<string, unknown>[];
  readonly ConsistentRead?: boolean;
};

/** As many as one call takes. */
const batchSize = 100;
/** Up to 1.5 s of pauses: what a client that waits for the answer bears. */
const patience = 6;

/** Full jitter up to 50 ms, and up to twice that each time. */
const jitter = async (round: number) => setTimeout(Math.random() * 50 * 2 ** round);

/**
 * The items that are there, in no order: as many calls as it takes side by side, of which none waits for another. What a busy
 * table leaves over is asked for again after a pause.
 */
export async function batchGet<Item = Record<string, unknown>>(
  db: Database,
  { TableName, Keys, ...options }: BatchGet,
  pause: (round: number) => Promise<unknown> = jitter,
): Promise<readonly Item[]> {
  const batches = Array.from({ length: Math.ceil(Keys.length / batchSize) }, (_, index) =>
    Keys.slice(index * batchSize, (index + 1) * batchSize),
  );
  return (await Promise.all(batches.map(oneBatch))).flat();

  async function oneBatch(keys: readonly Record<string, unknown>[]): Promise<readonly Item[]> {
    const items: Item[] = [];
    let left = [...keys];
    for (let round = 0; left.length > 0; round += 1) {
      if (round >= patience) throw new Error('the table answers no more reads for now');
      if (round > 0) await pause(round - 1);
      const { Responses, UnprocessedKeys } = await db.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: left, ...options } } }),
      );
      items.push(...((Responses?.[TableName] ?? []) as Item[]));
      left = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
    return items;
  }
}
