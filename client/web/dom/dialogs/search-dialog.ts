import type { SearchResult } from '../../../../shared/protocol/messages/table.ts';
import { findMessages } from '../../../conversations/find-messages.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { contentText } from '../../../words/content-text.ts';
import { personName } from '../../../words/person-name.ts';
import { highlighted } from '../../model/messages/highlighted.ts';
import { dayLabel, timeOfDay } from '../../model/words/day-label.ts';
import { make, setText } from '../elements/elements.ts';
import { attempt } from './attempt.ts';

export type SearchDialog = {
  show(conversationId: string): void;
  close(): void;
};

export type SearchActions = Pick<LapseClient, 'search' | 'now' | 'blocked' | 'on'>;
type Found = SearchResult['messages'][number];

/** What was written in one conversation, by words that stand in it; whatever ends meanwhile leaves the list. */
export function searchDialog(client: () => SearchActions): SearchDialog {
  const heading = make('h2', '', 'Search this chat');
  heading.id = 'search-title';
  const field = make('input');
  field.id = 'search-words';
  // Of the type `search` the first Escape would empty it, and not close the dialog.
  field.type = 'text';
  field.enterKeyHint = 'search';
  field.dir = 'auto';
  field.autocomplete = 'off';
  field.maxLength = 256;
  const label = make('label', '', 'Words');
  label.htmlFor = field.id;
  const go = make('button', 'primary small', 'Search');
  const line = make('div', 'line', label, field, go);
  const error = make('p', 'error');
  error.role = 'alert';
  field.setAttribute('aria-describedby', 'search-error');
  error.id = 'search-error';
  const status = make('p', 'hint');
  status.role = 'status';
  const results = make('ol', 'members found');
  const more = make('button', 'small', 'Look further back');
  more.type = 'button';
  more.id = 'search-more';
  const done = make('button', '', 'Done');
  done.type = 'button';
  done.id = 'search-close';
  const form = make(
    'form',
    'panel',
    heading,
    line,
    error,
    status,
    results,
    more,
    make('div', 'buttons', done),
  );
  form.noValidate = true;
  const dialog = make('dialog', '', form);
  dialog.id = 'search';
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);
  const attempted = attempt(error, status);

  let conversationId = '';
  let words = '';
  let items: { readonly message: Found; readonly element: HTMLElement }[] = [];
  let next: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: () => void = () => undefined;
  /** What comes of an earlier search is not shown. */
  let asked = 0;

  function item(message: Found): HTMLElement {
    const { from, sentAt, content } = message;
    const when = `${dayLabel(sentAt, client().now())}, ${timeOfDay(sentAt)}`;
    const name = make('bdi', 'member-name', personName(from));
    const said = make('p', 'found-text');
    said.dir = 'auto';
    for (const { text, found } of highlighted(contentText(content), words))
      said.append(found ? make('mark', '', text) : text);
    return make('li', '', make('div', 'member-words', name, ' ', make('span', 'quiet', when), said));
  }

  /** Takes off what these are, and what has ended. */
  function drop(isGone: (message: Found) => boolean = () => false): void {
    const now = client().now();
    const stays = ({ message }: (typeof items)[number]) => message.expiresAt * 1000 > now && !isGone(message);
    for (const each of items.filter((one) => !stays(one))) each.element.remove();
    items = items.filter(stays);
    clearTimeout(timer);
    const first = Math.min(...items.map(({ message }) => message.expiresAt * 1000));
    // A timer cannot wait longer than 24 days.
    if (items.length > 0) timer = setTimeout(drop, Math.min(first - now, 86_400_000));
  }

  function empty(): void {
    asked += 1;
    items = [];
    next = undefined;
    clearTimeout(timer);
    results.replaceChildren();
    setText(status, '');
    setText(error, '');
    more.hidden = true;
  }

  async function look(): Promise<void> {
    const mine = asked;
    go.disabled = true;
    more.disabled = true;
    setText(status, 'Searching …');
    await attempted(async () => {
      const found = await findMessages(client(), conversationId, words, next);
      if (mine !== asked) return;
      const blocked = client().blocked();
      const added = found.messages
        .filter(({ from }) => !blocked.has(from))
        .map((message) => ({ message, element: item(message) }));
      items.push(...added);
      results.append(...added.map(({ element }) => element));
      next = found.next;
      more.hidden = next === undefined;
      drop();
    });
    go.disabled = false;
    more.disabled = false;
    if (error.textContent === '' && mine === asked) setText(status, foundWords(items.length, next));
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    empty();
    words = field.value;
    if (words.trim() === '') {
      setText(error, 'Please write what you look for.');
      field.focus();
      return;
    }
    void look();
  });
  more.addEventListener('click', () => {
    void look().then(() => (more.hidden ? done : more).focus());
  });
  done.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    stop();
    empty();
    field.value = '';
  });

  return {
    show(id) {
      conversationId = id;
      empty();
      stop = client().on('gone', ({ conversationId: where, seqs }) =>
        drop((message) => where === conversationId && seqs.includes(message.seq)),
      );
      dialog.showModal();
      field.focus();
    },
    close: () => dialog.close(),
  };
}

function foundWords(count: number, next: number | undefined): string {
  if (count > 0) return count === 1 ? '1 message' : `${count} messages`;
  return next === undefined ? 'Nothing found.' : 'Nothing found yet.';
}
