import { mediaTitle } from '../../model/media/media-view.ts';
import { make } from '../elements/elements.ts';
import { icon, pencil } from '../elements/icon.ts';
import type { MessagePart } from './message-part.ts';

/** Beside one's own messages: to say something else, or nothing any more. */
export function editButton(edit: (seq: number, text: string) => void): MessagePart {
  let shown: { readonly seq: number; readonly text: string } | undefined;
  const button = make('button', 'bare beside edit', icon(pencil));
  button.type = 'button';
  button.title = 'Edit or take back';
  button.addEventListener('click', () => {
    if (shown !== undefined) edit(shown.seq, shown.text);
  });
  return {
    element: button,
    update({ seq, text, media, editable }) {
      shown = seq === undefined ? undefined : { seq, text };
      button.hidden = !editable || seq === undefined;
      button.ariaLabel = `Edit or take back this message: ${media === undefined ? text : mediaTitle(media)}`;
    },
  };
}
