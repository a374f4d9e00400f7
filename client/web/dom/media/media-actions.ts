import type { MediaVariant } from '../../../../shared/protocol/media/frames.ts';
import type { MediaView } from '../../model/media/media-view.ts';

/** What media in a message needs of the rest of the page. */
export type MediaActions = {
  /** A `blob:` URL that works while the message lives. */
  url(media: MediaView, variant?: MediaVariant): Promise<string>;
  /** What is still on its way, by the id of its message. */
  fileOf(id: string): Blob | undefined;
  open(media: MediaView): void;
  save(media: MediaView): Promise<void>;
};

export type MediaElement = { readonly element: HTMLElement; update(media: MediaView): void };
