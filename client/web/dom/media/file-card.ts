import { type MediaView, mediaSize, mediaType } from '../../model/media/media-view.ts';
import { make, setText } from '../elements/elements.ts';
import { fileBadge } from './file-badge.ts';
import type { MediaActions, MediaElement } from './media-actions.ts';
import { saveButton } from './save-button.ts';

/** What the page does not open: it can only be kept. */
export function fileCard(_id: string, actions: MediaActions): MediaElement {
  let shown: MediaView | undefined;
  const badge = make('span');
  const name = make('bdi', 'file-name');
  const about = make('span', 'quiet');
  const { button, note } = saveButton('small', async () => {
    if (shown !== undefined) await actions.save(shown);
  });
  return {
    element: make('div', 'card-media', badge, make('span', 'file-words', name, about, note), button),
    update(media) {
      shown = media;
      badge.replaceChildren(fileBadge(media));
      setText(name, media.name ?? 'File');
      name.title = media.name ?? '';
      setText(about, `${mediaType(media)} · ${mediaSize(media)}`);
      button.ariaLabel = `Save ${media.name ?? 'the file'}`;
      button.hidden = media.place === undefined;
    },
  };
}
