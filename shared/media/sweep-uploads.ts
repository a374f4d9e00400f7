import { findEarlier } from '../messages/find-earlier.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import { type MediaRecord, recordExpiry } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type Clock, epochSeconds } from '../time.ts';

export type SweepUploadsDeps = {
  readonly media: Pick<MediaStore, 'due' | 'keep' | 'remove'>;
  readonly objects: Pick<MediaObjectStore, 'deleteUpload' | 'remove' | 'addExpiryTag'>;
  readonly holds: Pick<HoldStore, 'list'>;
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly now: Clock;
  readonly isOver: () => boolean;
  readonly onFailure: (error: unknown) => void;
};

export type SweptUploads = { readonly kept: number; readonly deleted: number; readonly failures: number };

/** The clocks of two functions may differ by that much. */
const skewMillis = 60_000;

/** Looks once at each upload: what no message holds is deleted, the rest goes with its message from then on. */
export async function sweepUploads(deps: SweepUploadsDeps): Promise<SweptUploads> {
  const counts = { kept: 0, deleted: 0, failures: 0 };
  for await (const record of deps.media.due(epochSeconds(deps.now()))) {
    if (deps.isOver()) break;
    try {
      counts[await sweepOne(deps, record)] += 1;
    } catch (error) {
      // One upload's trouble is not the others'.
      counts.failures += 1;
      deps.onFailure(error);
    }
  }
  return counts;
}

/** Objects first: whatever is cut short is found again by the record. */
async function sweepOne(deps: SweepUploadsDeps, record: MediaRecord): Promise<'kept' | 'deleted'> {
  const message = await holder(deps, record);
  await deps.objects.deleteUpload(record);
  if (message !== undefined) {
    const holds = await deps.holds.list();
    if (!isOnHold(holds, record.owner, record.conversationId)) await deps.objects.addExpiryTag(record);
    await deps.media.keep(record.mediaId, recordExpiry(message.expiresAt));
    return 'kept';
  }
  await deps.objects.remove(record);
  await deps.media.remove(record.mediaId);
  return 'deleted';
}

/** A send that was repeated with other media still has that of its first attempt. */
async function holder(deps: SweepUploadsDeps, record: MediaRecord): Promise<MessageHeader | undefined> {
  const { conversationId, mediaId, owner, sendId, createdAt } = record;
  if (sendId === undefined) return undefined;
  const send = { from: owner, id: sendId, claimedAt: createdAt - skewMillis };
  const { found } = await findEarlier(deps.messages, conversationId, send);
  return found?.mediaId === mediaId ? found : undefined;
}
