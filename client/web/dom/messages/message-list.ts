import type { OpenConversation } from '../../model/chat-view.ts';
import type { MessageRow } from '../../model/messages/message-rows.ts';
import { byId } from '../elements/elements.ts';
import { keyedList } from '../elements/keyed-list.ts';
import type { MessageActions } from './message-bubble.ts';
import { failedItem, messageItem } from './message-item.ts';

export type MessageList = {
  show(conversation: OpenConversation): void;
  toNewest(): void;
};

/** Nearer to the end than this counts as being there. */
const nearPx = 80;

/** The messages, kept where the reader is: at the newest, or at what they scrolled back to. */
export function messageList(actions: MessageActions): MessageList {
  const scroller = byId('scroller');
  const list = byId('messages');
  const older = byId('older', HTMLButtonElement);
  const beginning = byId('beginning');
  const newest = byId('newest');
  const fill = keyedList<MessageRow>(list, (row) => messageItem(row, actions), failedItem);
  let current: string | undefined;
  let newestKey: string | undefined;
  let atEnd = true;

  function toNewest(): void {
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    newest.hidden = true;
  }

  // Safari lets nobody scroll by keyboard what cannot have the focus.
  scroller.tabIndex = 0;
  scroller.addEventListener('scroll', () => {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearPx;
    if (atEnd) newest.hidden = true;
  });
  // The keyboard of a phone, a longer draft or a turned screen must not push the newest out of sight.
  const sizes = new ResizeObserver(() => {
    if (atEnd) toNewest();
  });
  sizes.observe(scroller);
  sizes.observe(list);
  newest.addEventListener('click', () => {
    toNewest();
    scroller.focus({ preventScroll: true });
  });

  return {
    toNewest,
    show({ conversationId, rows, older: past }) {
      const entered = conversationId !== current;
      current = conversationId;
      const key = rows.at(-1)?.key;
      const grown = !entered && key !== undefined && key !== newestKey;
      newestKey = key;
      const height = scroller.scrollHeight;
      const top = scroller.scrollTop;
      const firstBefore = list.firstElementChild;
      const hadFocus = document.activeElement === older;
      older.hidden = past === 'none' || (past === 'unknown' && rows.length === 0);
      older.disabled = past === 'loading';
      beginning.hidden = past !== 'none';
      beginning.textContent =
        rows.length === 0 ? 'No messages here. Write the first one.' : 'Nothing earlier.';
      fill(rows);
      // A button that goes away or sleeps gives its focus to what it was for.
      if (hadFocus && (older.hidden || older.disabled)) scroller.focus({ preventScroll: true });
      if (entered || atEnd) toNewest();
      else {
        // Older ones came in above: what is being read stays where it is.
        if (list.firstElementChild !== firstBefore) scroller.scrollTop = top + scroller.scrollHeight - height;
        if (grown) newest.hidden = false;
      }
    },
  };
}
