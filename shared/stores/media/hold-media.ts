import type { HoldStore } from '../privacy/hold-store.ts';
import { isOnHold } from '../privacy/holds.ts';
import { isForward } from './media-id.ts';
import type { MediaObjectStore } from './media-object-store.ts';
import { isKeptForForwards, type MediaKey, type MediaRecord } from './media-record.ts';
import type { MediaStore } from './media-store.ts';
import { type RemoveMediaDeps, releaseForward } from './remove-media.ts';

export type HoldMediaDeps = RemoveMediaDeps & {
  readonly objects: Pick<MediaObjectStore, 'removeExpiryTag' | 'addExpiryTag'>;
  readonly media: Pick<MediaStore, 'holdForward'>;
  readonly holds: Pick<HoldStore, 'among'>;
};

/**
 * The media of a message that comes under a legal hold, or from under it: out of the bucket's own expiry or into it again. May
 * be repeated. What a forward shows is kept as long as any forward of it is held, whatever becomes of its own message.
 */
export type HoldMedia = (key: MediaKey, held: boolean) => Promise<void>;

export function holdMedia(deps: HoldMediaDeps): HoldMedia {
  const { media, objects } = deps;
  return async (key, held) => {
    const record = !held || isForward(key.mediaId) ? await media.get(key.mediaId) : undefined;
    if (record?.of !== undefined) return ofForward(record, record.of, held);
    if (held) await objects.removeExpiryTag(key);
    else if (record === undefined || !isKeptForForwards(record)) await objects.addExpiryTag(key);
  };

  async function ofForward(
    record: MediaRecord,
    of: NonNullable<MediaRecord['of']>,
    held: boolean,
  ): Promise<void> {
    if (held) {
      // Counted first: whoever takes away the origin from now on leaves the objects.
      await media.holdForward({ ...record, of });
      await objects.removeExpiryTag({ ...record, mediaId: of.mediaId });
      return;
    }
    const origin = await releaseForward(deps, record);
    if (origin === undefined) return;
    const { owner, conversationId } = origin;
    const holds = await deps.holds.among({ users: [owner], conversations: [conversationId] });
    if (!isOnHold(holds, owner, conversationId)) await objects.addExpiryTag(origin);
  }
}
