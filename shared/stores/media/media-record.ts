import type { MediaKind } from '../../protocol/media/frames.ts';
import type { MediaFacts } from '../../protocol/media/table.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { Ending } from '../expiry/expiry.ts';

/** Where media lies, and by what a message names it. */
export type MediaKey = { readonly conversationId: string; readonly mediaId: string };

/** What a forward shows: the media that was uploaded, never another forward, and the earliest clock on the way from there. */
export type MediaOrigin = Ending & { readonly mediaId: string };

/** What somebody said they would upload, and what became of it; or what a forward shows. */
export type MediaRecord = MediaKey & {
  readonly owner: string;
  readonly kind: MediaKind;
  readonly contentType: string;
  readonly bytes: number;
  /** Base64, as S3 has it in its headers. */
  readonly sha256: string;
  /** How many objects the upload consists of: none, of a forward. */
  readonly parts: number;
  readonly createdAt: EpochMillis;
  /**
   * When the sweeper of uploads has to look: while nothing is known of a message, whether there is one; after that, whether
   * the media has gone with it.
   */
  readonly sweepAt?: EpochSeconds;
  /** The number of the message that holds it, once the sweeper has found it. */
  readonly seq?: number;
  readonly expiresAt: EpochSeconds;
  /** The `id` of the one send that may have it. */
  readonly sendId?: string;
  /** No send may have it any more: an erasure has taken it, or the message that held it is gone. */
  readonly isCancelled?: true;
  /** Its author has taken back the message: no forward shows it any more, though a legal hold keeps it. */
  readonly isWithdrawn?: true;
  /** Once it was found to be what it was said to be. */
  readonly media?: MediaFacts;
  /** Of a forward. */
  readonly of?: MediaOrigin;
  /** Of a forward: it is one of the `heldForwards` of its origin. */
  readonly isHeld?: true;
  /** How many forwards of it a legal hold keeps, which keep its objects. */
  readonly heldForwards?: number;
};

/** Of a forward: what it shows is somewhere else. */
export type ForwardRecord = MediaRecord & Required<Pick<MediaRecord, 'of' | 'sendId' | 'media'>>;

/** Whether forwards may show it. */
export function isShown({ isCancelled, isWithdrawn, media }: MediaRecord): boolean {
  return isCancelled !== true && isWithdrawn !== true && media !== undefined;
}

export function isKeptForForwards({ heldForwards = 0 }: Pick<MediaRecord, 'heldForwards'>): boolean {
  return heldForwards > 0;
}

/** How long an address takes an upload. */
export const uploadSeconds = 15 * 60;

/** From the upload's beginning; with a run of the sweeper every five minutes it is over within the hour. */
const sweepAfterSeconds = 46 * 60;

/** Longer than looking at the media and the send that follows may take: after a sweep began none is under way. */
export const finalizeMarginSeconds = 120;

/** For the time to live, which comes to act only where the sweeper has not. */
const slackSeconds = 86_400;

export function newMediaRecord(
  described: Pick<
    MediaRecord,
    'conversationId' | 'mediaId' | 'owner' | 'kind' | 'contentType' | 'bytes' | 'sha256' | 'parts'
  >,
  createdAt: EpochMillis,
): MediaRecord {
  const sweepAt = (Math.floor(createdAt / 1000) + sweepAfterSeconds) as EpochSeconds;
  return { ...described, createdAt, sweepAt, expiresAt: (sweepAt + slackSeconds) as EpochSeconds };
}

/** When a cancelled upload can go: nothing is put there any more, and no send under way looks at it. */
export function cancelledSweepAt(
  { createdAt, sweepAt }: Pick<MediaRecord, 'createdAt' | 'sweepAt'>,
  now: EpochMillis,
): EpochSeconds {
  const addressEnds = Math.floor(createdAt / 1000) + uploadSeconds;
  const earliest = Math.max(addressEnds, Math.floor(now / 1000)) + finalizeMarginSeconds;
  return Math.min(sweepAt ?? earliest, earliest) as EpochSeconds;
}

/** Whether the first look is still to come, up to which the place of the upload may be in use. */
export function isUnswept({ sweepAt, seq }: Pick<MediaRecord, 'sweepAt' | 'seq'>): boolean {
  return sweepAt !== undefined && seq === undefined;
}

/** The record stays until somebody has looked, and as long as its message, so that a repeat of the send finds it. */
export function recordExpiry(sweepAt: EpochSeconds): EpochSeconds {
  return (sweepAt + slackSeconds) as EpochSeconds;
}
