import type { ConversationRow } from '../../model/conversations/conversation-rows.ts';
import { hueOf, initialOf } from '../../model/conversations/hue.ts';
import { make, setOptional, setText } from '../elements/elements.ts';
import { icon, muted, pin } from '../elements/icon.ts';
import type { RowElement } from '../elements/keyed-list.ts';

/** A conversation in the list: a button that opens it. */
export function conversationItem(key: string, onOpen: (key: string) => void): RowElement<ConversationRow> {
  const avatar = make('span');
  avatar.ariaHidden = 'true';
  const name = make('bdi', 'item-name');
  const from = make('bdi');
  const said = make('bdi');
  const colon = make('span', '', ': ');
  const preview = make('span', 'item-preview', from, colon, said);
  const count = make('span');
  const time = make('span', 'item-time');
  const mention = make('span', 'unseen');
  const badge = make('span', 'badge', count, make('span', 'unseen', ' unread'), mention);
  const pinMark = mark(pin, 'Kept at the top');
  const muteMark = mark(muted, 'Muted');
  const button = make(
    'button',
    'item',
    avatar,
    make('span', 'item-words', name, preview),
    make('span', 'item-side', time, make('span', 'item-marks', muteMark, pinMark, badge)),
  );
  button.type = 'button';
  button.dataset['conversation'] = key;
  button.addEventListener('click', () => onOpen(key));
  return {
    element: make('li', '', button),
    update(row) {
      avatar.className = `avatar hue-${hueOf(row.name)}`;
      setText(avatar, initialOf(row.name));
      setText(name, row.name);
      setOptional(from, row.previewFrom);
      colon.hidden = row.previewFrom === undefined;
      setText(said, row.preview);
      setOptional(time, row.time);
      setText(count, `${row.mentioned ? '@ ' : ''}${row.unread > 100 ? '100+' : row.unread}`);
      badge.hidden = row.unread === 0;
      setOptional(mention, row.mentioned ? ', mentions you' : undefined);
      muteMark.hidden = !row.muted;
      pinMark.hidden = !row.pinned;
      button.classList.toggle('has-unread', row.unread > 0);
      button.classList.toggle('is-muted', row.muted);
      button.ariaCurrent = row.current ? 'true' : null;
    },
  };
}

/** A sign beside the time, with its meaning for those who listen. */
const mark = (drawing: string, meaning: string): HTMLElement => {
  const sign = make('span', 'item-mark', icon(drawing, 15), make('span', 'unseen', meaning));
  sign.title = meaning;
  return sign;
};
