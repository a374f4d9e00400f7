import { type MediaView, mediaSize, mediaTitle, mediaType } from '../../model/media/media-view.ts';
import { make, setText } from '../elements.ts';
import type { MediaDesk, MediaElement } from './media-desk.ts';
import { saveButton } from './save-button.ts';

/** What the page does not open: it can only be kept. */
export function fileCard(_id: string, desk: MediaDesk): MediaElement {
  let shown: MediaView | undefined;
  const badge = make('span', 'file-badge');
  badge.ariaHidden = 'true';
  const name = make('bdi', 'file-name');
  const about = make('span', 'quiet');
  const { button, note } = saveButton('small', async () => {
    if (shown !== undefined) await desk.save(shown);
  });
  return {
    element: make('div', 'card-media', badge, make('span', 'file-words', name, about, note), button),
    update(media) {
      shown = media;
      setText(badge, mediaType(media).slice(0, 4));
      setText(name, media.name ?? mediaTitle({ type: 'file', facts: media.facts }));
      setText(about, `${mediaType(media)} · ${mediaSize(media)}`);
      button.ariaLabel = `Save ${media.name ?? 'the file'}`;
      button.hidden = media.place === undefined;
    },
  };
}
