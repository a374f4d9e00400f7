import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { flag, icon } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside the messages of others; what is not kept cannot be reported. */
export function reportButton(report: (seq: number) => void): MessagePart {
  let seq: number | undefined;
  const button = make('button', 'bare beside report', icon(flag));
  button.type = 'button';
  button.title = 'Report this message';
  button.addEventListener('click', () => {
    if (seq !== undefined) report(seq);
  });
  return {
    element: button,
    update(row) {
      seq = row.seq;
      button.hidden = row.mine || seq === undefined || row.expiry === undefined;
      button.ariaLabel = `Report this message: ${row.media === undefined ? row.text : mediaTitle(row.media)}`;
    },
  };
}
