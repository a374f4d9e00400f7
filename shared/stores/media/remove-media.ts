import type { MediaObjectStore } from './media-object-store.ts';
import type { MediaKey } from './media-record.ts';
import type { MediaStore } from './media-store.ts';

export type RemoveMediaDeps = {
  readonly objects: Pick<MediaObjectStore, 'remove'>;
  readonly media: Pick<MediaStore, 'forget'>;
};

/** The media of a message that is about to go. Objects first: a crash leaves the record, and the message, that lead to them. */
export type RemoveMedia = (key: MediaKey) => Promise<void>;

export function removeMedia({ objects, media }: RemoveMediaDeps): RemoveMedia {
  return async (key) => {
    await objects.remove(key);
    await media.forget(key.mediaId);
  };
}
