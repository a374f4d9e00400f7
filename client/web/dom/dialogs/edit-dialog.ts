import { changeableUntil } from '../../../conversations/changeable-until.ts';
import type { LapseClient } from '../../../lapse-client.ts';
import { tooLong } from '../../model/sending/composed-text.ts';
import { make, setText } from '../elements/elements.ts';
import { attempt } from './attempt.ts';

export type EditDialog = {
  ask(conversationId: string, seq: number, text: string): void;
  close(): void;
};

export type EditActions = Pick<
  LapseClient,
  'edit' | 'recall' | 'on' | 'hello' | 'now' | 'messages' | 'conversations'
>;

const takenBackHint = 'Taken back, it says nothing any more to anybody.';
const editHint = `The others see that it was edited. ${takenBackHint}`;

/** As far as this client knows: the server has the last word. */
function mayChange(client: EditActions, conversationId: string, seq: number) {
  const message = client.messages(conversationId).find((each) => each.seq === seq);
  const place = client.conversations().find((each) => each.conversationId === conversationId);
  if (message === undefined || place === undefined) return { edit: true, recall: true };
  const until = changeableUntil(place, client.hello()?.rules, message.sentAt);
  const now = client.now();
  return { edit: message.forwarded !== true && now <= until.edit, recall: now <= until.recall };
}

/** A message of one's own: what it is to say from now on, or that it is taken back. */
export function editDialog(client: () => EditActions): EditDialog {
  let target: { readonly conversationId: string; readonly seq: number } | undefined;
  let stop: readonly (() => void)[] = [];
  const heading = make('h2', '', 'Edit your message');
  heading.id = 'edit-title';
  const field = make('textarea');
  field.id = 'edit-text';
  field.dir = 'auto';
  field.rows = 4;
  field.setAttribute('aria-describedby', 'edit-error');
  const label = make('label', '', 'What it says');
  label.htmlFor = field.id;
  const error = make('p', 'error');
  error.role = 'alert';
  error.id = 'edit-error';
  const cancel = make('button', '', 'Cancel');
  cancel.type = 'button';
  cancel.id = 'edit-cancel';
  const recall = make('button', 'danger', 'Take it back');
  recall.type = 'button';
  recall.id = 'edit-recall';
  const save = make('button', 'primary', 'Save');
  save.id = 'edit-save';
  const hint = make('p', 'hint', editHint);
  const form = make(
    'form',
    'panel',
    heading,
    label,
    field,
    hint,
    error,
    make('div', 'buttons', recall, cancel, save),
  );
  form.noValidate = true;
  const dialog = make('dialog', '', form);
  dialog.id = 'edit';
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);
  const attempted = attempt(error, make('p'));

  async function act(change: (conversationId: string, seq: number) => Promise<unknown>): Promise<void> {
    if (target === undefined) return;
    const { conversationId, seq } = target;
    for (const button of [save, recall]) button.disabled = true;
    const isDone = await attempted(async () => change(conversationId, seq));
    for (const button of [save, recall]) button.disabled = false;
    if (isDone) dialog.close();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const complaint =
      text === ''
        ? 'Please write something, or take it back.'
        : tooLong(text, client().hello()?.limits.textBytes ?? 16_384);
    setText(error, complaint ?? '');
    if (complaint === undefined) void act(async (...place) => client().edit(...place, text));
    else field.focus();
  });
  recall.addEventListener('click', () => void act(async (...place) => client().recall(...place)));
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    for (const each of stop) each();
    field.value = '';
    target = undefined;
  });

  return {
    ask(conversationId, seq, text) {
      target = { conversationId, seq };
      const may = mayChange(client(), conversationId, seq);
      for (const each of [label, field, save]) each.hidden = !may.edit;
      recall.hidden = !may.recall;
      setText(heading, may.edit ? 'Edit your message' : 'Take back your message');
      setText(hint, may.edit ? editHint : takenBackHint);
      field.value = text;
      setText(error, '');
      // What is gone meanwhile is not to be changed, nor shown here.
      const closeIf = (gone: readonly { readonly conversationId: string; readonly seq: number }[]) => {
        if (gone.some((each) => each.conversationId === conversationId && each.seq === seq)) dialog.close();
      };
      stop = [client().on('expired', closeIf), client().on('erased', closeIf)];
      dialog.showModal();
      (may.edit ? field : recall).focus();
    },
    close: () => dialog.close(),
  };
}
