import type { Ending } from '../expiry/expiry.ts';
import { isForward } from './media-id.ts';
import { isShown, type MediaKey } from './media-record.ts';
import type { MediaStore } from './media-store.ts';

export type LocatedMedia = {
  /** Where the objects are. */
  readonly key: MediaKey;
  /** The earliest clock of what a forward shows, which ends it beside its own message's. */
  readonly origin?: Ending;
};

/** Undefined of a forward whose origin has gone. */
export type LocateMedia = (key: MediaKey) => Promise<LocatedMedia | undefined>;

export function locateMedia(media: Pick<MediaStore, 'get'>): LocateMedia {
  return async (key) => {
    if (!isForward(key.mediaId)) return { key };
    const of = (await media.get(key.mediaId))?.of;
    if (of === undefined) return undefined;
    const origin = await media.get(of.mediaId);
    if (origin === undefined || !isShown(origin)) return undefined;
    return { key: { conversationId: key.conversationId, mediaId: of.mediaId }, origin: of };
  };
}
