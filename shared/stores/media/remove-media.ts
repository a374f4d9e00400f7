import { isForward } from './media-id.ts';
import type { MediaObjectStore } from './media-object-store.ts';
import { isKeptForForwards, isUnswept, type MediaKey, type MediaRecord } from './media-record.ts';
import type { MediaStore } from './media-store.ts';

export type RemoveMediaDeps = {
  readonly objects: Pick<MediaObjectStore, 'remove'>;
  readonly media: Pick<MediaStore, 'get' | 'end' | 'remove' | 'releaseForward' | 'removeForward'>;
};

/** `kept`: nobody is shown it any more, and a legal hold on a forward of it keeps the objects. */
export type MediaFate = 'removed' | 'kept';

/**
 * The media of a message that is about to go: the objects, or of a forward what leads to them. Objects first, then the record: a
 * crash leaves the record, and the message, that lead to them.
 */
export type RemoveMedia = (key: MediaKey) => Promise<MediaFate>;

export function removeMedia(deps: RemoveMediaDeps): RemoveMedia {
  const { objects, media } = deps;
  return async (key) => {
    const { mediaId } = key;
    if (isForward(mediaId)) {
      await removeForward(deps, mediaId);
      return 'removed';
    }
    const record = await media.end(mediaId);
    if (record !== undefined && isKeptForForwards(record)) return 'kept';
    await objects.remove(key);
    // While the address of the upload may be used the record stays, and says that nothing may come of it.
    if (record !== undefined && !isUnswept(record)) await media.remove(mediaId);
    return 'removed';
  };
}

/** A hold may be placed while it is removed: once, and hardly twice. */
const attempts = 3;

/** The objects are its origin's. Only if that has gone and this was the last one that a hold has kept, they go now. */
export async function removeForward(deps: RemoveMediaDeps, mediaId: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const forward = await deps.media.get(mediaId);
    if (forward === undefined) return;
    await releaseForward(deps, forward);
    // Else somebody has counted it meanwhile.
    if (await deps.media.removeForward(mediaId)) return;
  }
  // Its origin is gone, and the count with it.
  await deps.media.remove(mediaId);
}

/** The origin as it is then, if it is to stay. */
export async function releaseForward(
  { objects, media }: RemoveMediaDeps,
  forward: Pick<MediaRecord, 'mediaId' | 'of' | 'isHeld'>,
): Promise<MediaRecord | undefined> {
  const { mediaId, of, isHeld } = forward;
  if (of === undefined || isHeld !== true) return undefined;
  await media.releaseForward({ mediaId, of });
  const origin = await media.get(of.mediaId);
  if (origin === undefined || isKeptForForwards(origin)) return undefined;
  if (origin.isCancelled !== true) return origin;
  await objects.remove(origin);
  if (!isUnswept(origin)) await media.remove(of.mediaId);
  return undefined;
}
