import { clock } from '../../../words/content-text.ts';
import { type MediaView, mediaTitle } from '../../model/media/media-view.ts';
import { mediaWords } from '../../model/media/media-words.ts';
import { make, setText } from '../elements/elements.ts';
import type { MediaActions, MediaElement } from './media-actions.ts';
import { saveButton } from './save-button.ts';
import { waveform } from './waveform.ts';

/** A player with the waveform as its track. The sound comes when it is asked for. */
export function sound(_id: string, actions: MediaActions): MediaElement {
  let shown: MediaView | undefined;
  const audio = make('audio');
  const toggle = make('button', 'play');
  toggle.type = 'button';
  const sign = make('span', '', '▶');
  sign.ariaHidden = 'true';
  toggle.append(sign);
  const position = make('input', 'position');
  position.type = 'range';
  position.min = '0';
  position.step = '0.1';
  position.ariaLabel = 'Position';
  const track = make('span', 'track');
  const time = make('span', 'sound-time');
  const name = make('bdi', 'file-name');
  const { button, note } = saveButton('link', async () => {
    if (shown !== undefined) await actions.save(shown);
  });
  const line = make('p', 'media-line', time, name, button, note);
  const player = make('div', 'player', toggle, make('span', 'track-box', track, position));
  const element = make('div', 'sound-media', player, line, audio);

  const length = () => (Number.isFinite(audio.duration) ? audio.duration : millis() / 1000);
  const millis = () => shown?.facts.durationMs ?? 0;

  function render(): void {
    const [at, all] = [audio.currentTime, length()];
    const begun = at > 0 || !audio.paused;
    setText(sign, audio.paused ? '▶' : '❚❚');
    toggle.ariaLabel = `${audio.paused ? 'Play' : 'Pause'} ${shown === undefined ? '' : mediaTitle(shown)}`;
    position.max = String(all);
    position.value = String(at);
    position.ariaValueText = `${clock(at * 1000)} of ${clock(all * 1000)}`;
    element.style.setProperty('--played', all > 0 ? String(Math.min(1, at / all)) : '0');
    setText(
      time,
      begun ? `${clock(at * 1000)} / ${clock(all * 1000)}` : all > 0 ? clock(all * 1000) : 'Sound',
    );
  }

  async function play(media: MediaView): Promise<void> {
    setText(note, '');
    toggle.ariaBusy = 'true';
    try {
      if (audio.src === '') audio.src = await actions.url(media);
      if (audio.isConnected) await audio.play();
    } catch (error) {
      const unplayable = error instanceof DOMException && error.name === 'NotSupportedError';
      if (unplayable) setText(note, 'This browser cannot play it; it can be saved.');
      else if (!(error instanceof DOMException)) setText(note, mediaWords(error));
    } finally {
      toggle.ariaBusy = null;
    }
  }

  toggle.addEventListener('click', () => {
    if (!audio.paused) audio.pause();
    else if (shown?.place !== undefined && toggle.ariaBusy === null) void play(shown);
  });
  position.addEventListener('input', () => {
    audio.currentTime = Number(position.value);
    render();
  });
  for (const event of ['play', 'pause', 'ended', 'timeupdate', 'durationchange'])
    audio.addEventListener(event, render);
  return {
    element,
    update(media) {
      if (shown?.place === undefined) track.replaceChildren(...waveform(media.facts.waveform));
      shown = media;
      setText(name, media.voice === true ? 'Voice message' : (media.name ?? ''));
      toggle.disabled = media.place === undefined;
      position.disabled = media.place === undefined;
      button.ariaLabel = `Save ${media.name ?? (media.voice === true ? 'the voice message' : 'the sound')}`;
      button.hidden = media.place === undefined;
      render();
    },
  };
}
