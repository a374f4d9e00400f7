import type { MessageRow } from '../../model/messages/message-rows.ts';
import { make, setText } from '../elements/elements.ts';
import type { RowElement } from '../elements/keyed-list.ts';
import { type MessageActions, messageBubble } from './message-bubble.ts';

export function messageItem(row: MessageRow, actions: MessageActions): RowElement<MessageRow> {
  if (row.kind === 'message') return messageBubble(row.id, actions);
  if (row.kind === 'event') return eventItem();
  return row.kind === 'day' ? dayItem() : unshown();
}

/** In place of a message that cannot be shown. */
export const failedItem = (): HTMLElement =>
  make('li', 'message first last', make('p', 'unshown quiet', 'This message cannot be shown.'));

const unshown = (): RowElement<MessageRow> => ({ element: failedItem(), update: () => undefined });

function eventItem(): RowElement<MessageRow> {
  const words = make('bdi');
  const element = make('li', 'event', words);
  return {
    element,
    update(row) {
      if (row.kind !== 'event') return;
      setText(words, row.text);
      element.title = row.time;
    },
  };
}

function dayItem(): RowElement<MessageRow> {
  const label = make('span');
  return {
    element: make('li', 'day', label),
    update(row) {
      if (row.kind === 'day') setText(label, row.label);
    },
  };
}
