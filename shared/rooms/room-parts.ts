import type { RoomJob } from '../stores/queue/room-job.ts';

/** Connections of one part of a room, as many as are told in a second or two. */
const connectionsOfPart = 500;

/** More than a million connections. */
const mostParts = 4_096;

/** Parts that one invocation tells side by side. */
export const partsOfJob = 4;

/** As many as one call to the queue takes: so a send costs one call, however large the room is. */
const jobsAtOnce = 10;

/** One with room in it, the emptier the likelier: asked again, of the same sizes. */
export function partChooser(shards: number, sizeOf: (shard: number) => number): (random: number) => number {
  let sum = 0;
  const upTo = Array.from({ length: shards }, (_, shard) => {
    sum += Math.max(1, connectionsOfPart - sizeOf(shard));
    return sum;
  });
  return (random) => {
    const at = random * sum;
    let [low, high] = [0, shards - 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((upTo[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Where all are full on average it gets a quarter more, for the next ones; undefined where there is room. */
export function partsToBe(live: number, shards: number): number | undefined {
  if (live < shards * connectionsOfPart || shards >= mostParts) return undefined;
  return Math.min(mostParts, shards + Math.max(1, Math.floor(shards / 4)));
}

type Span = Pick<RoomJob, 'from' | 'to'>;

/** Few enough to be told at once. */
export const isSmall = ({ from, to }: Span): boolean => to - from <= partsOfJob;

/** Ten spans at most; those that are not small are spread once more by whoever gets them. */
export function spread({ from, to }: Span): readonly Span[] {
  const width = Math.max(1, Math.ceil((to - from) / jobsAtOnce));
  const starts = Array.from({ length: Math.ceil((to - from) / width) }, (_, index) => from + index * width);
  return starts.map((start) => ({ from: start, to: Math.min(start + width, to) }));
}

export function jobsFor<Job extends Omit<RoomJob, 'from' | 'to'>>(
  job: Job,
  span: Span,
): readonly (Job & Span)[] {
  return spread(span).map((each) => ({ ...job, ...each }));
}
