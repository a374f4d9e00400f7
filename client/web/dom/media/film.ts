import { type MediaView, mediaSize, mediaTitle } from '../../model/media/media-view.ts';
import { mediaWords } from '../../model/media/media-words.ts';
import { make, setText } from '../elements/elements.ts';
import { setFrame } from './frame.ts';
import type { MediaActions, MediaElement } from './media-actions.ts';
import { saveButton } from './save-button.ts';
import { smallPicture } from './small-picture.ts';
import { whenVisible } from './when-visible.ts';

/** A video comes when it is asked for; until then its poster, if it has one, and how long it is. */
export function film(_id: string, actions: MediaActions): MediaElement {
  let shown: MediaView | undefined;
  const sign = make('span', 'play-sign', '▶');
  sign.ariaHidden = 'true';
  const about = make('span', 'film-about');
  const poster = smallPicture();
  const start = make('button', 'film frame', poster.blur, poster.image, sign, about);
  start.type = 'button';
  const { button, note } = saveButton('link', async () => {
    if (shown !== undefined) await actions.save(shown);
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
      const url = await actions.url(media);
      // Nobody waits for it any more, and it would play unseen.
      if (!start.isConnected) return;
      video.poster = poster.image.src;
      video.src = url;
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

  function showPoster(media: MediaView): void {
    poster.paint(media.facts);
    // Without it there is still the sign to play.
    if (media.facts.variants?.includes('poster'))
      whenVisible(start, () => void poster.show(actions.url(media, 'poster')).catch(() => undefined));
  }

  start.addEventListener('click', () => {
    if (shown?.place !== undefined && start.ariaDisabled === null) void play(shown);
  });
  return {
    element,
    update(media) {
      const arrived = media.place !== undefined && shown?.place === undefined;
      shown = media;
      setFrame(start, { width: 16, height: 9, ...media.facts });
      setText(about, mediaSize(media));
      start.ariaLabel = `Play the video: ${mediaTitle(media)}, ${mediaSize(media)}`;
      start.disabled = media.place === undefined;
      button.ariaLabel = `Save ${media.name ?? 'the video'}`;
      button.hidden = media.place === undefined;
      if (arrived) showPoster(media);
    },
  };
}
