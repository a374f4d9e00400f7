import { eachOf } from '../runtime/each-of.ts';
import { graceSeconds } from '../stores/expiry/purge-times.ts';
import type { HoldMedia } from '../stores/media/hold-media.ts';
import { isForward } from '../stores/media/media-id.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import type { MediaRecord } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { MediaFate, RemoveMedia } from '../stores/media/remove-media.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { findHolder } from './find-holder.ts';

export type SweepUploadsDeps = {
  readonly media: Pick<MediaStore, 'due' | 'get' | 'keep' | 'postpone' | 'remove'>;
  readonly objects: Pick<MediaObjectStore, 'deleteUpload'>;
  readonly holdMedia: HoldMedia;
  readonly removeMedia: RemoveMedia;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly messages: Pick<MessageStore, 'headers'>;
  /** In what time after its end a message is gone by itself, and its media with it. */
  readonly boundSeconds: number;
  readonly now: Clock;
  readonly isOver: () => boolean;
  readonly onFailure: (error: unknown) => void;
};

export type SweptUploads = {
  readonly kept: number;
  readonly deleted: number;
  /** Whose message had ended and was gone, or should have been. */
  readonly ended: number;
  readonly failures: number;
  /** For how many seconds the oldest upload that this run has left has waited to be looked at; 0 when it has left none. */
  readonly overdueSeconds: number;
  /** For how many seconds the oldest media that is still there should have been gone; 0 when there is none. */
  readonly lateSeconds: number;
};

/** Each makes some five calls, one after the other. */
const atOnce = 16;
/** Under a legal hold it is looked at again after so long. */
const heldSeconds = 86_400;

/**
 * Looks at each upload twice: what no message holds is deleted, the rest goes with its message from then on. When that should
 * have happened, the second look deletes what is left: time to live may have taken the message, which alone led to it.
 */
export async function sweepUploads(deps: SweepUploadsDeps): Promise<SweptUploads> {
  const counts = { kept: 0, deleted: 0, ended: 0, failures: 0 };
  let lateSeconds = 0;
  let overdueSeconds = 0;
  const leave = (record: MediaRecord) => {
    overdueSeconds = Math.max(overdueSeconds, waited(deps, record));
    if (record.seq !== undefined) lateSeconds = Math.max(lateSeconds, lateBy(deps, record));
  };
  const due = deps.media.due(epochSeconds(deps.now()));
  const left = await eachOf(due, { atOnce, isOver: deps.isOver }, async (record) => {
    try {
      counts[await lookAt(deps, record)] += 1;
    } catch (error) {
      // One upload's trouble is not the others'.
      counts.failures += 1;
      leave(record);
      deps.onFailure(error);
    }
  });
  if (left !== undefined) leave(left);
  return { ...counts, lateSeconds, overdueSeconds };
}

function waited({ now }: SweepUploadsDeps, { sweepAt = epochSeconds(now()) }: MediaRecord): number {
  return epochSeconds(now()) - sweepAt;
}

function lateBy(deps: SweepUploadsDeps, record: MediaRecord): number {
  return waited(deps, record) + deps.boundSeconds;
}

type Fate = 'kept' | 'deleted' | 'ended';

async function lookAt(deps: SweepUploadsDeps, record: MediaRecord): Promise<Fate> {
  return record.seq === undefined ? firstLook(deps, record) : secondLook(deps, record, record.seq);
}

/** Its message has ended; if a hold keeps it, the media is kept too. */
async function secondLook(deps: SweepUploadsDeps, record: MediaRecord, seq: number): Promise<Fate> {
  const { conversationId, mediaId } = record;
  const { headers } = await deps.messages.headers(conversationId, { after: seq - 1, before: seq + 1 });
  const message = headers.find((header) => header.mediaId === mediaId);
  const isKept = message !== undefined && (message.held || (await isKeptByHold(deps, record)));
  if (!isKept) return (await discard(deps, record)) === 'kept' ? 'kept' : 'ended';
  await deps.media.postpone(mediaId, inADay(deps));
  return 'kept';
}

/** Objects first: whatever is cut short is found again by the record. */
async function firstLook(deps: SweepUploadsDeps, record: MediaRecord): Promise<Fate> {
  const message = await findHolder(deps, record);
  await deps.objects.deleteUpload(record);
  if (message !== undefined) {
    await deps.holdMedia(record, await isKeptByHold(deps, record));
    const sweepAt = (message.expiresAt + graceSeconds + deps.boundSeconds) as EpochSeconds;
    await deps.media.keep(record.mediaId, message.seq, sweepAt);
    return 'kept';
  }
  return (await discard(deps, record)) === 'kept' ? 'kept' : 'deleted';
}

async function isKeptByHold(
  deps: SweepUploadsDeps,
  { owner, conversationId }: MediaRecord,
): Promise<boolean> {
  const holds = await deps.holds.among({ users: [owner], conversations: [conversationId] });
  return isOnHold(holds, owner, conversationId);
}

/** What a hold keeps for a forward is looked at again: the hold is lifted without this function. */
async function discard(deps: SweepUploadsDeps, { conversationId, mediaId }: MediaRecord): Promise<MediaFate> {
  const fate = await deps.removeMedia({ conversationId, mediaId });
  if (fate === 'kept') await deps.media.postpone(mediaId, inADay(deps));
  else if (!isForward(mediaId)) await deps.media.remove(mediaId);
  return fate;
}

function inADay({ now }: SweepUploadsDeps): EpochSeconds {
  return (epochSeconds(now()) + heldSeconds) as EpochSeconds;
}
