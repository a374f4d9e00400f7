import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { icon, smile } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside messages that are kept: to what is not, nobody reacts. */
export function reactButton(choose: (seq: number) => void): MessagePart {
  let seq: number | undefined;
  const button = make('button', 'bare beside react', icon(smile));
  button.type = 'button';
  button.title = 'React to this message';
  button.addEventListener('click', () => {
    if (seq !== undefined) choose(seq);
  });
  return {
    element: button,
    update(row) {
      seq = row.seq;
      button.hidden = seq === undefined || row.expiry === undefined;
      button.ariaLabel = `React to this message: ${row.media === undefined ? row.text : mediaTitle(row.media)}`;
    },
  };
}
