import { hueOf, initialOf } from '../../model/conversations/hue.ts';
import { mediaTitle } from '../../model/media/media-view.ts';
import type { MessageRow } from '../../model/messages/message-rows.ts';
import { fullTime } from '../../model/words/day-label.ts';
import { make, setOptional, setText } from '../elements/elements.ts';
import { bin, icon } from '../elements/icon.ts';
import type { RowElement } from '../elements/keyed-list.ts';
import type { MediaDesk, MediaElement } from '../media/media-desk.ts';
import { mediaElement } from '../media/media-element.ts';
import { setLinkedText } from './linked-text.ts';

export type MessageActions = {
  readonly media: MediaDesk;
  again(id: string): void;
  /** Takes it back to where it was written. */
  edit(id: string): void;
  callOff(id: string): void;
  erase(seq: number): void;
};

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
  read: ['✓✓', 'read'],
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
  reason.role = 'alert';
  const button = (label: string, run: () => void) => {
    const made = make('button', 'link', label);
    made.type = 'button';
    made.addEventListener('click', run);
    return made;
  };
  const again = button('Try again', () => actions.again(id));
  const edit = button('Edit', () => actions.edit(id));
  const failure = make('p', 'failure', reason, again, edit);
  const progress = make('progress');
  const upload = make(
    'p',
    'upload',
    progress,
    button('Cancel', () => actions.callOff(id)),
  );
  const said = make('div', 'said', sender, text, upload, meta, failure);
  let seq: number | undefined;
  const erase = button('', () => {
    if (seq !== undefined) actions.erase(seq);
  });
  erase.className = 'bare erase';
  erase.title = 'Erase this message';
  erase.append(icon(bin));
  const element = make('li', '', avatar, said, erase);
  let media: MediaElement | undefined;
  return {
    element,
    update(row) {
      if (row.kind === 'day') return;
      const { mine, first, last, soon, status } = row;
      const has = row.media === undefined ? undefined : 'with-media';
      const classes = [
        'message',
        mine && 'mine',
        first && 'first',
        last && 'last',
        soon && 'soon',
        status,
        status === 'read' && 'sent',
        has,
      ];
      element.className = classes.filter((name) => typeof name === 'string').join(' ');
      avatar.className = `avatar hue-${hueOf(row.from)}`;
      setText(avatar, initialOf(row.from));
      setText(sender, row.mine ? 'You' : row.from);
      sender.className = row.mine || !row.first ? 'sender unseen' : 'sender';
      setLinkedText(text, row.text);
      text.hidden = row.text === '';
      if (row.media !== undefined) {
        media ??= mediaElement(row.media, id, actions.media);
        media.update(row.media);
        if (!media.element.isConnected) sender.after(media.element);
      }
      upload.hidden = row.upload === undefined;
      if (row.upload !== undefined && row.media !== undefined) {
        progress.ariaLabel = `Uploading ${mediaTitle(row.media)}`;
        // Nobody can tell how far the one part of a small file has come.
        if (row.upload.parts > 1) progress.value = row.upload.done / row.upload.parts;
        else progress.removeAttribute('value');
      }
      seq = row.seq;
      // Where nothing is kept, nothing can be erased.
      erase.hidden = !mine || seq === undefined || row.expiry === undefined;
      erase.ariaLabel = `Erase this message: ${row.media === undefined ? row.text : mediaTitle(row.media)}`;
      setText(time, row.time);
      time.title = fullTime(row.sentAt);
      time.dateTime = new Date(row.sentAt).toISOString();
      const [sign, meaning] = row.status === undefined ? ['', ''] : ticks[row.status];
      setText(tick, sign);
      tick.ariaLabel = meaning;
      tick.hidden = row.status === undefined;
      setOptional(expiry, row.expiry && `disappears in ${row.expiry}`);
      expiry.title = row.expiresOn ?? '';
      setOptional(reason, row.reason);
      failure.hidden = row.status !== 'failed';
      again.hidden = !row.retryable;
    },
  };
}
