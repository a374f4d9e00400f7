import type { ConversationRow } from '../../model/conversations/conversation-rows.ts';
import { hueOf, initialOf } from '../../model/conversations/hue.ts';
import { make, setOptional, setText } from '../elements/elements.ts';
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
  const badge = make('span', 'badge', count, make('span', 'unseen', ' unread'));
  const button = make(
    'button',
    'item',
    avatar,
    make('span', 'item-words', name, preview),
    make('span', 'item-side', time, badge),
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
      setText(count, row.unread > 99 ? '99+' : String(row.unread));
      badge.hidden = row.unread === 0;
      button.classList.toggle('has-unread', row.unread > 0);
      button.ariaCurrent = row.current ? 'true' : null;
    },
  };
}
