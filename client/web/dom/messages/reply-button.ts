import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { arrowBack, icon } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside every message that the server has. */
export function replyButton(reply: (seq: number) => void): MessagePart {
  let seq: number | undefined;
  const button = make('button', 'bare beside reply', icon(arrowBack));
  button.type = 'button';
  button.title = 'Reply';
  button.addEventListener('click', () => {
    if (seq !== undefined) reply(seq);
  });
  return {
    element: button,
    update(row) {
      seq = row.seq;
      button.hidden = seq === undefined;
      button.ariaLabel = `Reply to this message: ${row.media === undefined ? row.text : mediaTitle(row.media)}`;
    },
  };
}
