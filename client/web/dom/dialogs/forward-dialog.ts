import type { LapseClient } from '../../../lapse-client.ts';
import { conversationName } from '../../../words/conversation-name.ts';
import { make, setText } from '../elements/elements.ts';
import { attempt } from './attempt.ts';

export type ForwardDialog = {
  ask(conversationId: string, seq: number, words: string): void;
  close(): void;
};

export type ForwardActions = Pick<LapseClient, 'forward' | 'conversations' | 'on'>;

/** So many are listed at once: whoever has more types a part of the name. */
const mostListed = 30;

/** Into which conversation a message is to be forwarded. */
export function forwardDialog(client: () => ForwardActions, me: () => string): ForwardDialog {
  let target: { readonly conversationId: string; readonly seq: number } | undefined;
  let stop: readonly (() => void)[] = [];
  const heading = make('h2', '', 'Forward to');
  heading.id = 'forward-title';
  const said = make('p', 'hint');
  said.dir = 'auto';
  const field = make('input');
  field.id = 'forward-name';
  field.type = 'search';
  field.dir = 'auto';
  field.autocomplete = 'off';
  const label = make('label', '', 'Find a conversation');
  label.htmlFor = field.id;
  const list = make('ul', 'members found');
  const more = make('p', 'hint');
  const error = make('p', 'error');
  error.role = 'alert';
  const status = make('p', 'hint');
  status.role = 'status';
  const done = make('button', '', 'Done');
  done.type = 'button';
  done.id = 'forward-close';
  const dialog = make(
    'dialog',
    '',
    make(
      'div',
      'panel',
      heading,
      said,
      label,
      field,
      list,
      more,
      error,
      status,
      make('div', 'buttons', done),
    ),
  );
  dialog.id = 'forward';
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);
  const attempted = attempt(error, status);

  async function forwardTo(conversationId: string, name: string): Promise<void> {
    if (target === undefined) return;
    const from = target;
    await attempted(async () => client().forward(from, conversationId), `Forwarded to ${name}.`);
  }

  function item(conversationId: string, name: string): HTMLElement {
    const to = make('button', 'small', 'Forward');
    to.type = 'button';
    to.ariaLabel = `Forward to ${name}`;
    to.addEventListener('click', () => {
      to.disabled = true;
      void forwardTo(conversationId, name).then(() => {
        to.disabled = false;
        if (dialog.open) to.focus();
      });
    });
    return make('li', '', make('div', 'member-words', make('bdi', 'member-name', name)), to);
  }

  function draw(): void {
    const sought = field.value.trim().toLocaleLowerCase();
    const named = client()
      .conversations()
      .map((summary) => ({ id: summary.conversationId, name: conversationName(summary, me()) }))
      .filter(({ name }) => name.toLocaleLowerCase().includes(sought));
    list.replaceChildren(...named.slice(0, mostListed).map(({ id, name }) => item(id, name)));
    setText(more, moreWords(named.length));
  }

  field.addEventListener('input', draw);
  done.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    for (const each of stop) each();
    target = undefined;
    field.value = '';
    for (const each of [said, error, status]) setText(each, '');
    list.replaceChildren();
  });

  return {
    ask(conversationId, seq, words) {
      target = { conversationId, seq };
      setText(said, words);
      draw();
      // What is gone meanwhile, or says something else, is not to be forwarded, nor shown here.
      const closeIf = (gone: readonly { readonly conversationId: string; readonly seq: number }[]) => {
        if (gone.some((each) => each.conversationId === conversationId && each.seq === seq)) dialog.close();
      };
      stop = [
        client().on('expired', closeIf),
        client().on('erased', closeIf),
        client().on('changed', (message) => closeIf([message])),
      ];
      dialog.showModal();
      field.focus();
    },
    close: () => dialog.close(),
  };
}

function moreWords(count: number): string {
  if (count === 0) return 'No conversation has that name.';
  return count > mostListed ? `${count - mostListed} more: type a part of the name.` : '';
}
