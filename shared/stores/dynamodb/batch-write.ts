import { setTimeout } from 'node:timers/promises';
import { BatchWriteCommand, type Database } from './database.ts';

type Requests = NonNullable<BatchWriteCommand['input']['RequestItems']>;
export type WriteRequest = Requests[string][number];

/** As many as one call takes. */
const batchSize = 25;
const atOnce = 8;
/** Up to 3 s of pauses. */
const patience = 7;

const jitter = async (round: number) => setTimeout(Math.random() * 25 * 2 ** round);

/** Puts and deletions without conditions, each by itself. What a busy table turns away is asked for again after a pause. */
export async function batchWrite(
  db: Database,
  TableName: string,
  requests: readonly WriteRequest[],
  pause: (round: number) => Promise<unknown> = jitter,
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(requests.length / batchSize) }, (_, index) =>
    requests.slice(index * batchSize, (index + 1) * batchSize),
  );
  for (let from = 0; from < batches.length; from += atOnce)
    await Promise.all(batches.slice(from, from + atOnce).map(writeBatch));

  async function writeBatch(batch: WriteRequest[]): Promise<void> {
    let left = batch;
    for (let round = 0; left.length > 0; round += 1) {
      if (round >= patience) throw new Error('the table takes no more writes for now');
      if (round > 0) await pause(round);
      const { UnprocessedItems } = await db.send(
        new BatchWriteCommand({ RequestItems: { [TableName]: left } }),
      );
      left = UnprocessedItems?.[TableName] ?? [];
    }
  }
}
