import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { bin, icon } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside one's own messages, and those that one may take away; where nothing is kept, nothing can be erased. */
export function eraseButton(erase: (seq: number) => void): MessagePart {
  let seq: number | undefined;
  const button = make('button', 'bare erase', icon(bin));
  button.type = 'button';
  button.title = 'Erase this message';
  button.addEventListener('click', () => {
    if (seq !== undefined) erase(seq);
  });
  return {
    element: button,
    update(row) {
      seq = row.seq;
      button.hidden = !row.erasable || seq === undefined || row.expiry === undefined;
      button.ariaLabel = `Erase this message: ${row.media === undefined ? row.text : mediaTitle(row.media)}`;
    },
  };
}
