import { type MediaView, mediaType } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';

/** In place of a picture of it. */
export function fileBadge(media: MediaView): HTMLElement {
  const badge = make('span', 'file-badge', mediaType(media).slice(0, 4));
  badge.ariaHidden = 'true';
  return badge;
}
