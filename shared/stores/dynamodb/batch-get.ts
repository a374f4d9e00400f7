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
  { Keys, ...rest }: BatchGet,
  pause: (round: number) => Promise<unknown> = jitter,
): Promise<readonly Item[]> {
  const batches = Array.from({ length: Math.ceil(Keys.length / batchSize) }, (_, index) =>
    Keys.slice(index * batchSize, (index + 1) * batchSize),
  );
  const found = await Promise.all(
    batches.map(async (keys) => batchGetTables(db, [{ ...rest, Keys: keys }], pause)),
  );
  return found.flatMap((tables) => (tables[0] ?? []) as readonly Item[]);
}

/** Of several tables in one call, a hundred keys at most: what is there of each, in the order in which they are named. */
export async function batchGetTables(
  db: Database,
  requests: readonly BatchGet[],
  pause: (round: number) => Promise<unknown> = jitter,
): Promise<readonly (readonly Record<string, unknown>[])[]> {
  const items = new Map(requests.map(({ TableName }) => [TableName, [] as Record<string, unknown>[]]));
  let left = requests.filter(({ Keys }) => Keys.length > 0);
  for (let round = 0; left.length > 0; round += 1) {
    if (round >= patience) throw new Error('the table answers no more reads for now');
    if (round > 0) await pause(round - 1);
    const asked = left.map(({ TableName, Keys, ...options }) => [TableName, { ...options, Keys: [...Keys] }]);
    const { Responses = {}, UnprocessedKeys = {} } = await db.send(
      new BatchGetCommand({ RequestItems: Object.fromEntries(asked) }),
    );
    for (const [TableName, found] of Object.entries(Responses)) items.get(TableName)?.push(...found);
    left = left.flatMap(({ TableName, ...rest }) => {
      const { Keys = [] } = UnprocessedKeys[TableName] ?? {};
      return Keys.length > 0 ? [{ ...rest, TableName, Keys }] : [];
    });
  }
  return [...items.values()];
}
