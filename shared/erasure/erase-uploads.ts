import { type FindHolderDeps, findHolder } from '../media/find-holder.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import { cancelledSweepAt, type MediaRecord } from '../stores/media/media-record.ts';
import type { MediaStore } from '../stores/media/media-store.ts';
import type { Clock } from '../time.ts';
import type { Eraser, ErasureMeaning } from './eraser.ts';
import { recheckSeconds } from './recheck.ts';

export type EraseUploadsDeps = FindHolderDeps & {
  readonly media: Pick<MediaStore, 'listUnsent' | 'get' | 'cancel'>;
  readonly objects: Pick<MediaObjectStore, 'truncateUpload' | 'remove' | 'count'>;
  readonly now: Clock;
};

/** `pending`: a send under way may still put it into a message, which a hold may keep. */
type Outcome = 'erased' | 'left' | 'pending' | 'not meant';

/**
 * What an account has uploaded and not sent. The address of an upload stays used, so that nothing is put there again; the
 * sweeper takes the record.
 */
export function eraseUploads(deps: EraseUploadsDeps): Eraser {
  return async (request, _holds, after) => {
    const { ids, next } = await deps.media.listUnsent(request.userId, request.writtenBy, after);
    const outcomes = await Promise.all(ids.map(async (id) => eraseUpload(deps, request, id)));
    const count = (...of: readonly Outcome[]) => outcomes.filter((each) => of.includes(each)).length;
    const tally = { deleted: count('erased'), found: count('left', 'pending'), held: 0 };
    return { ...tally, ...(next !== undefined && { after: next }) };
  };
}

async function eraseUpload(
  deps: EraseUploadsDeps,
  { isLate, writtenBy }: ErasureMeaning,
  mediaId: string,
): Promise<Outcome> {
  const record = await deps.media.get(mediaId);
  if (record?.isCancelled === true) return isLate === true ? clear(deps, record) : 'not meant';
  // Of a message: it goes with that.
  if (record === undefined || record.seq !== undefined || (await findHolder(deps, record)) !== undefined)
    return 'not meant';
  const isUnderWay = record.sendId !== undefined && deps.now() < writtenBy + recheckSeconds * 1000;
  if (isUnderWay && isLate !== true) return 'pending';
  const cancelled = await deps.media.cancel(mediaId, cancelledSweepAt(record, deps.now()));
  return cancelled ? clear(deps, record) : 'not meant';
}

async function clear({ objects }: EraseUploadsDeps, record: MediaRecord): Promise<Outcome> {
  await objects.truncateUpload(record);
  await objects.remove(record);
  return (await objects.count(record)) > 0 ? 'left' : 'erased';
}
