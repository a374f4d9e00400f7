import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import { contentText } from '../../../words/content-text.ts';
import { personName } from '../../../words/person-name.ts';
import { dayLabel, timeOfDay } from '../../model/words/day-label.ts';
import { make } from '../elements/elements.ts';
import { attempt } from './attempt.ts';

export type PinsDialog = {
  show(): void;
  close(): void;
};

export type PinsActions = {
  pinned(): readonly MessageBody[];
  /** Whether one may take a pin off. */
  mayPin(): boolean;
  unpin(message: MessageBody): Promise<unknown>;
  now(): number;
};

/** Everything that is pinned in the chat that lies open, for as long as it is. */
export function pinsDialog(actions: PinsActions): PinsDialog {
  const heading = make('h2', '', 'Pinned here');
  heading.id = 'pins-title';
  const list = make('ol', 'members found');
  const error = make('p', 'error');
  error.role = 'alert';
  const status = make('p', 'hint');
  status.role = 'status';
  const done = make('button', '', 'Done');
  done.type = 'button';
  done.id = 'pins-close';
  const dialog = make(
    'dialog',
    '',
    make('div', 'panel', heading, list, error, status, make('div', 'buttons', done)),
  );
  dialog.id = 'pins';
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);
  const attempted = attempt(error, status);
  let timer: ReturnType<typeof setInterval> | undefined;
  let drawn = '';

  function item(message: MessageBody): HTMLElement {
    const { from, sentAt, content } = message;
    const words = contentText(content);
    const said = make('p', 'found-text', words);
    said.dir = 'auto';
    const when = make('span', 'quiet', `${dayLabel(sentAt, actions.now())}, ${timeOfDay(sentAt)}`);
    const who = make('bdi', 'member-name', personName(from));
    const off = make('button', 'small', 'Take off');
    off.type = 'button';
    off.ariaLabel = `Take off: ${words}`;
    off.hidden = !actions.mayPin();
    off.addEventListener('click', () => {
      void attempted(async () => actions.unpin(message), 'It is not pinned any more.').then(() => {
        draw();
        if (dialog.open) done.focus();
      });
    });
    return make('li', '', make('div', 'member-words', who, ' ', when, said), off);
  }

  /** Anew where it is another list: what has gone meanwhile is not shown on. */
  function draw(): void {
    const messages = actions.pinned();
    const key = JSON.stringify(messages.map(({ seq, rev }) => [seq, rev]));
    if (key === drawn) return;
    drawn = key;
    list.replaceChildren(...messages.map(item));
    if (messages.length === 0) dialog.close();
  }

  done.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    clearInterval(timer);
    drawn = '';
    list.replaceChildren();
    error.textContent = '';
    status.textContent = '';
  });

  return {
    show() {
      draw();
      dialog.showModal();
      done.focus();
      timer = setInterval(draw, 500);
    },
    close: () => dialog.close(),
  };
}
