import { isAmong, type MediaView, mediaTitle, type Place } from '../../model/media/media-view.ts';
import { mediaWords } from '../../model/media/media-words.ts';
import { byId, make, setOptional, setText } from '../elements/elements.ts';
import type { MediaActions } from './media-actions.ts';
import { saveButton } from './save-button.ts';

export type Lightbox = {
  show(media: MediaView): void;
  /** Closes where it shows one of these, which are gone. */
  forget(places: readonly Place[]): void;
  close(): void;
};

/** One picture, large. */
export function createLightbox(actions: Pick<MediaActions, 'url' | 'save'>): Lightbox {
  const dialog = byId('lightbox', HTMLDialogElement);
  const title = byId('lightbox-title');
  const caption = byId('lightbox-caption');
  const note = byId('lightbox-note');
  const stage = byId('lightbox-stage');
  const leave = byId('lightbox-close');
  let shown: MediaView | undefined;

  const keep = saveButton('small', async () => {
    if (shown !== undefined) await actions.save(shown);
  });
  keep.button.id = 'lightbox-save';
  leave.before(keep.note, keep.button);

  async function put(image: HTMLImageElement, media: MediaView, url: Promise<string>): Promise<void> {
    image.src = await url;
    await image.decode();
    if (shown === media) stage.replaceChildren(image);
  }

  async function load(media: MediaView): Promise<void> {
    const image = () => sized(Object.assign(make('img'), { alt: mediaTitle(media) }), media.facts);
    const small = media.facts.variants?.includes('thumbnail')
      ? put(image(), media, actions.url(media, 'thumbnail')).catch(() => undefined)
      : undefined;
    try {
      const large = image();
      const url = actions.url(media);
      await small;
      await put(large, media, url);
      if (shown === media) setText(note, '');
    } catch (error) {
      if (shown !== media) return;
      const unknown = error instanceof DOMException;
      setText(
        note,
        unknown ? 'This browser shows only a small picture of it; it can be saved.' : mediaWords(error),
      );
    }
  }

  function close(): void {
    dialog.close();
  }

  dialog.addEventListener('close', () => {
    shown = undefined;
    stage.replaceChildren();
    // What has ended is to stand nowhere, hidden or not.
    setText(title, '');
    setOptional(caption, undefined);
  });
  // Beside the picture is outside of it.
  stage.addEventListener('click', ({ target }) => {
    if (target === stage) close();
  });
  leave.addEventListener('click', close);
  return {
    close,
    forget(places) {
      if (shown?.place !== undefined && isAmong(shown.place, places)) close();
    },
    show(media) {
      shown = media;
      setText(title, media.name ?? 'Picture');
      setOptional(caption, media.caption);
      setText(note, 'Loading…');
      setText(keep.note, '');
      dialog.showModal();
      leave.focus();
      void load(media);
    },
  };
}

/** The small picture stands where the large one will: nothing moves when that comes. */
function sized(image: HTMLImageElement, { width, height }: MediaView['facts']): HTMLImageElement {
  if (width === undefined || height === undefined) return image;
  image.style.setProperty('--width', `${width}px`);
  image.style.setProperty('--ratio', `${width / height}`);
  return image;
}
