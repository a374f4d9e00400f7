import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { arrowOn, icon } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside every message that the server keeps and somebody has written. */
export function forwardButton(forward: (seq: number, words: string) => void): MessagePart {
  let shown: { readonly seq: number; readonly words: string } | undefined;
  const button = make('button', 'bare beside forward', icon(arrowOn));
  button.type = 'button';
  button.title = 'Forward';
  button.addEventListener('click', () => {
    if (shown !== undefined) forward(shown.seq, shown.words);
  });
  return {
    element: button,
    update({ seq, text, media, forwardable }) {
      const words = media === undefined ? text : mediaTitle(media);
      shown = seq === undefined ? undefined : { seq, words };
      button.hidden = !forwardable;
      button.ariaLabel = `Forward this message: ${words}`;
    },
  };
}
