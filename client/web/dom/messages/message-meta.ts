import { fullTime } from '../../model/words/day-label.ts';
import { make, setOptional, setText } from '../elements/elements.ts';
import type { MessagePart } from './message-part.ts';

const ticks = {
  sending: ['◷', 'sending'],
  sent: ['✓', 'sent'],
  delivered: ['✓✓', 'delivered'],
  read: ['✓✓', 'read'],
  failed: ['!', 'not sent'],
  waiting: ['◷', 'waits for the other person'],
} as const;

/** When it was written, how far it has come, and when it goes. */
export function messageMeta(): MessagePart {
  const time = make('time');
  const tick = make('span', 'tick');
  tick.role = 'img';
  const edited = make('span', '', 'edited');
  const pinned = make('span', '', 'pinned');
  const forwarded = make('span', '', 'forwarded');
  const expiry = make('span', 'expiry');
  return {
    element: make('p', 'meta', forwarded, pinned, edited, time, tick, expiry),
    update(row) {
      forwarded.hidden = row.forwarded !== true;
      pinned.hidden = row.pinned !== true;
      edited.hidden = row.edited !== true;
      setText(time, row.time);
      time.title = fullTime(row.sentAt);
      time.dateTime = new Date(row.sentAt).toISOString();
      const [sign, meaning] = row.status === undefined ? ['', ''] : ticks[row.status];
      setText(tick, sign);
      tick.ariaLabel = meaning;
      tick.hidden = row.status === undefined;
      setOptional(expiry, row.expiry && `disappears in ${row.expiry}`);
      expiry.title = row.expiresOn ?? '';
    },
  };
}
