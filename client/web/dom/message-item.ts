import { hueOf, initialOf } from '../model/hue.ts';
import type { MessageRow } from '../model/message-rows.ts';
import { make, setOptional, setText } from './elements.ts';
import type { RowElement } from './keyed-list.ts';

export type MessageActions = { again(id: string): void; discard(id: string): void };

export const messageItem = (row: MessageRow, actions: MessageActions): RowElement<MessageRow> =>
  row.kind === 'day' ? dayItem() : spokenItem(row.id, actions);

function dayItem(): RowElement<MessageRow> {
  const label = make('span');
  return {
    element: make('li', 'day', label),
    update(row) {
      if (row.kind === 'day') setText(label, row.label);
    },
  };
}

const ticks = {
  sending: ['◷', 'sending'],
  sent: ['✓', 'sent'],
  failed: ['!', 'not sent'],
} as const;

function spokenItem(id: string, actions: MessageActions): RowElement<MessageRow> {
  const avatar = make('span');
  avatar.ariaHidden = 'true';
  const sender = make('bdi', 'sender');
  const text = make('p', 'text');
  text.dir = 'auto';
  const time = make('time');
  const tick = make('span', 'tick');
  tick.role = 'img';
  const expiry = make('span', 'expiry');
  const meta = make('p', 'meta', time, tick, expiry);
  const reason = make('span');
  const button = (label: string, run: () => void) => {
    const made = make('button', 'link', label);
    made.type = 'button';
    made.addEventListener('click', run);
    return made;
  };
  const again = button('Try again', () => actions.again(id));
  const edit = button('Edit', () => actions.discard(id));
  const failure = make('p', 'failure', reason, again, edit);
  const element = make('li', '', avatar, make('div', 'said', sender, text, meta, failure));
  return {
    element,
    update(row) {
      if (row.kind === 'day') return;
      const { mine, first, last, soon, status } = row;
      const classes = ['message', mine && 'mine', first && 'first', last && 'last', soon && 'soon', status];
      element.className = classes.filter((name) => typeof name === 'string').join(' ');
      avatar.className = `avatar hue-${hueOf(row.from)}`;
      setText(avatar, initialOf(row.from));
      setText(sender, row.mine ? 'You' : row.from);
      sender.className = row.mine || !row.first ? 'sender unseen' : 'sender';
      setText(text, row.text);
      setText(time, row.time);
      time.dateTime = new Date(row.sentAt).toISOString();
      const [sign, meaning] = row.status === undefined ? ['', ''] : ticks[row.status];
      setText(tick, sign);
      tick.ariaLabel = meaning;
      tick.hidden = row.status === undefined;
      setOptional(expiry, row.expiry && `disappears in ${row.expiry}`);
      setOptional(reason, row.reason);
      failure.hidden = row.status !== 'failed';
      again.hidden = !row.retryable;
    },
  };
}
