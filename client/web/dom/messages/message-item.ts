import type { MessageRow } from '../../model/messages/message-rows.ts';
import { make, setText } from '../elements/elements.ts';
import type { RowElement } from '../elements/keyed-list.ts';
import { type MessageActions, messageBubble } from './message-bubble.ts';

export const messageItem = (row: MessageRow, actions: MessageActions): RowElement<MessageRow> =>
  row.kind === 'day' ? dayItem() : messageBubble(row.id, actions);

function dayItem(): RowElement<MessageRow> {
  const label = make('span');
  return {
    element: make('li', 'day', label),
    update(row) {
      if (row.kind === 'day') setText(label, row.label);
    },
  };
}
