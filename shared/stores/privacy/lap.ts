import type { LapName } from '../../configuration/lap-partition.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../../time.ts';
import type { LapStore } from './lap-store.ts';

export type LapDeps = {
  /** Without it each run begins anew. */
  readonly laps?: LapStore;
  readonly now: Clock;
  /** True once this invocation has to end. */
  readonly isOver: () => boolean;
};

export type Around<Row> = {
  readonly name: LapName;
  readonly each: (after?: string) => AsyncIterable<Row>;
  readonly keyOf: (row: Row) => string;
  /** The age in seconds of what is still to be done of it; 0 when there is nothing. */
  readonly tend: (row: Row) => Promise<number>;
};

/** A run that comes later than that begins anew. */
const daySeconds = 86_400;

/**
 * Once around all records of a kind. A run that has to end leaves its place to the next one, so that however many there are each is
 * seen to. Returns the greatest age that this run has met.
 */
export async function goAround<Row>(
  { laps, now, isOver }: LapDeps,
  { name, each, keyOf, tend }: Around<Row>,
): Promise<number> {
  const left = await laps?.read(name);
  let oldest = 0;
  for await (const row of each(left)) {
    oldest = Math.max(oldest, await tend(row));
    if (!isOver()) continue;
    await laps?.save(name, keyOf(row), (epochSeconds(now()) + daySeconds) as EpochSeconds);
    return oldest;
  }
  if (left !== undefined) await laps?.end(name);
  return oldest;
}
