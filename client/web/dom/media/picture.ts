import { type MediaView, mediaTitle } from '../../model/media/media-view.ts';
import { mediaWords } from '../../model/media/media-words.ts';
import { make, setText } from '../elements/elements.ts';
import { setFrame } from './frame.ts';
import type { MediaActions, MediaElement } from './media-actions.ts';
import { smallPicture } from './small-picture.ts';
import { whenVisible } from './when-visible.ts';

/** The blur at once, the thumbnail when it is scrolled to, the picture itself when it is opened. */
export function picture(id: string, actions: MediaActions): MediaElement {
  const small = smallPicture();
  const note = make('span', 'media-note');
  const button = make('button', 'picture frame', small.blur, small.image, note);
  button.type = 'button';
  let shown: MediaView | undefined;

  async function show(url: Promise<string>): Promise<void> {
    setText(note, '');
    try {
      const { width, height } = await small.show(url);
      if (shown?.facts.width === undefined) setFrame(button, { width, height });
    } catch (error) {
      // It is damaged, or of a format that only other programs show.
      const unknown = error instanceof DOMException;
      setText(note, unknown ? 'This browser cannot show it.' : mediaWords(error));
    }
  }

  async function showFile(file: Blob): Promise<void> {
    const url = URL.createObjectURL(file);
    await show(Promise.resolve(url));
    URL.revokeObjectURL(url);
  }

  function load(media: MediaView): void {
    const thumbnail = media.facts.variants?.includes('thumbnail') ? 'thumbnail' : undefined;
    void show(actions.url(media, thumbnail));
  }

  button.addEventListener('click', () => {
    if (shown?.place === undefined) return;
    actions.open(shown);
    if (note.textContent !== '') load(shown);
  });
  return {
    element: button,
    update(media) {
      const { place, facts } = media;
      const file = place === undefined ? actions.fileOf(id) : undefined;
      const arrived = shown === undefined || (place !== undefined && shown.place === undefined);
      shown = media;
      button.ariaLabel = `Open the picture: ${mediaTitle(media)}`;
      button.disabled = place === undefined;
      if (!arrived) return;
      setFrame(button, facts);
      small.paint(facts);
      if (place !== undefined) whenVisible(button, () => load(media));
      else if (file !== undefined) void showFile(file);
    },
  };
}
