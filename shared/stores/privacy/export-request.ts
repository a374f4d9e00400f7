import type { PersonalStore } from '../../protocol/personal-stores.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';

export type RequestedBy = 'user' | 'operator';

/** How far the writing has come: within a store, after what that store's exporter calls so. */
export type Place = { readonly store: PersonalStore; readonly after: string };

/** An export that is being written or can be fetched: ids, times and counts. One a user. */
export type ExportRequest = {
  readonly userId: string;
  readonly requestId: string;
  readonly requestedBy: ReadonlySet<RequestedBy>;
  readonly requestedAt: EpochMillis;
  /** The last time that it was put in the queue or got on. */
  readonly updatedAt: EpochMillis;
  readonly state: 'accepted' | 'ready';
  /** Zips that are finished. */
  readonly parts: number;
  /** Of each finished zip the earliest end of what is in it; null where there is none, or nobody has noted it. */
  readonly partEnds?: readonly (EpochSeconds | null)[];
  /** Of each finished zip the earliest time at which a message in it was sent; null likewise. */
  readonly partStarts?: readonly (EpochMillis | null)[];
  /** Where each finished zip lies; an earlier release has noted none. */
  readonly zipKeys?: readonly string[];
  readonly place?: Place;
  /** The zip being written. Whoever begins one anew has the export: a worker with another upload cannot save. */
  readonly uploadId?: string;
  /** Where it will lie. */
  readonly uploadKey?: string;
  /** Of one that is ready: when its zips go. */
  readonly readableUntil?: EpochMillis;
};

/** What the queue holds of it. */
export type ExportJob = Pick<ExportRequest, 'userId' | 'requestId'>;

/**
 * From the beginning of a zip until it goes: a function has a quarter of an hour to write it, and there is as much to
 * fetch it. What ends before then is not put into it, so that no message can be read there after its end.
 */
export const zipLifeMillis = 30 * 60_000;
