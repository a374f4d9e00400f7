import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { icon, pin } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside messages that are kept, for who may pin: for everybody there, and off again. */
export function pinButton(set: (seq: number, on: boolean) => void): MessagePart {
  let shown: { readonly seq: number; readonly pinned: boolean } | undefined;
  const button = make('button', 'bare beside pin', icon(pin));
  button.type = 'button';
  button.addEventListener('click', () => {
    if (shown !== undefined) set(shown.seq, !shown.pinned);
  });
  return {
    element: button,
    update({ seq, text, media, pinnable, pinned = false }) {
      shown = seq === undefined ? undefined : { seq, pinned };
      button.hidden = !pinnable || seq === undefined;
      button.title = pinned ? 'Take this pin off' : 'Pin for everybody here';
      const words = media === undefined ? text : mediaTitle(media);
      button.ariaLabel = `${pinned ? 'Take the pin off this message' : 'Pin this message'}: ${words}`;
    },
  };
}
