import { type MediaView, mediaSize, mediaTitle } from '../../model/media/media-view.ts';
import { mediaWords } from '../../model/media/media-words.ts';
import { make, setText } from '../elements.ts';
import { setFrame } from './frame.ts';
import type { MediaDesk, MediaElement } from './media-desk.ts';
import { saveButton } from './save-button.ts';

/** A video comes when it is asked for; until then there is nothing of it to show but how long it is. */
export function film(_id: string, desk: MediaDesk): MediaElement {
  let shown: MediaView | undefined;
  const sign = make('span', 'play-sign', '▶');
  sign.ariaHidden = 'true';
  const about = make('span', 'film-about');
  const start = make('button', 'film frame', sign, about);
  start.type = 'button';
  const { button, note } = saveButton('link', async () => {
    if (shown !== undefined) await desk.save(shown);
  });
  const element = make('div', 'film-media', start, make('p', 'media-line', button, note));

  async function play(media: MediaView): Promise<void> {
    setText(note, '');
    setText(about, 'Loading…');
    start.ariaDisabled = 'true';
    try {
      const video = make('video', 'frame');
      video.controls = true;
      video.preload = 'metadata';
      video.autoplay = true;
      video.ariaLabel = mediaTitle(media);
      video.addEventListener('error', () => {
        video.replaceWith(start);
        setText(note, 'This browser cannot play it; it can be saved.');
      });
      video.src = await desk.url(media);
      setFrame(video, media.facts);
      const focused = document.activeElement === start;
      start.replaceWith(video);
      if (focused) video.focus();
    } catch (error) {
      setText(note, mediaWords(error));
    } finally {
      setText(about, mediaSize(media));
      start.ariaDisabled = null;
    }
  }

  start.addEventListener('click', () => {
    if (shown?.place !== undefined && start.ariaDisabled === null) void play(shown);
  });
  return {
    element,
    update(media) {
      shown = media;
      setFrame(start, { width: 16, height: 9, ...media.facts });
      setText(about, mediaSize(media));
      start.ariaLabel = `Play the video: ${mediaTitle(media)}, ${mediaSize(media)}`;
      start.disabled = media.place === undefined;
      button.ariaLabel = `Save ${media.name ?? 'the video'}`;
      button.hidden = media.place === undefined;
    },
  };
}
