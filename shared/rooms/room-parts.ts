import type { RoomJob } from '../stores/queue/room-job.ts';

/** Connections of one part of a room, as many as are told in a second or two. */
export const connectionsOfPart = 500;

/** More than a million connections. */
export const mostParts = 4_096;

/** Parts that one invocation tells side by side. */
const partsOfJob = 4;

/** As many as one call to the queue takes: so a send costs one call, however large the room is. */
const jobsAtOnce = 10;

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
