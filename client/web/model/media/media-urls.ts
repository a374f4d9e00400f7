import type { MediaVariant } from '../../../../shared/protocol/media/frames.ts';
import type { DownloadMedia } from '../../../media/download-media.ts';
import { LapseError } from '../../../wire/lapse-error.ts';
import type { MediaView, Place } from './media-view.ts';

export type MediaUrlsOptions = {
  readonly download: DownloadMedia;
  readonly create: (media: Blob) => string;
  readonly revoke: (url: string) => void;
};

/** `blob:` URLs of media, in the memory of this page and for as long as their message lives. */
export type MediaUrls = {
  get(media: MediaView, variant?: MediaVariant): Promise<string>;
  forget(places: readonly Place[]): void;
  clear(): void;
};

export function mediaUrls({ download, create, revoke }: MediaUrlsOptions): MediaUrls {
  /** By message; each with its URLs by variant. */
  const known = new Map<string, Map<MediaVariant | undefined, Promise<string>>>();
  const keyOf = ({ conversationId, seq }: Place) => `${conversationId} ${seq}`;

  function drop(key: string): void {
    const urls = known.get(key);
    known.delete(key);
    for (const url of urls?.values() ?? []) url.then(revoke, () => undefined);
  }

  function add({ place, ...media }: MediaView, variant: MediaVariant | undefined): Promise<string> {
    if (place === undefined) return Promise.reject(gone());
    const key = keyOf(place);
    const urls = known.get(key) ?? new Map<MediaVariant | undefined, Promise<string>>();
    known.set(key, urls);
    const url = urls.get(variant) ?? load(place, media, variant, () => known.get(key) === urls);
    urls.set(variant, url);
    // What has failed can be tried again.
    url.catch(() => urls.delete(variant));
    return url;
  }

  async function load(
    { conversationId, seq }: Place,
    media: MediaView,
    variant: MediaVariant | undefined,
    lives: () => boolean,
  ): Promise<string> {
    const bytes = await download(conversationId, seq, variant);
    // Its message has ended while it was on its way.
    if (!lives()) throw gone();
    return create(bytes.slice(0, bytes.size, safeType(media, variant)));
  }

  return {
    get: add,
    forget(places) {
      for (const place of places) drop(keyOf(place));
    },
    clear() {
      for (const key of [...known.keys()]) drop(key);
    },
  };
}

const gone = (): LapseError => new LapseError('NOT_FOUND', 'the message is gone', false);

/** A `blob:` URL belongs to this page: a file must never be opened as one that runs in it. */
function safeType({ type, facts }: MediaView, variant: MediaVariant | undefined): string {
  if (variant !== undefined) return 'image/webp';
  return type === 'file' ? 'application/octet-stream' : facts.contentType;
}
