import type { Fields } from '../../../wire/actions.ts';
import { newChatFields } from '../../model/conversations/new-chat-fields.ts';
import { errorWords } from '../../model/words/error-words.ts';
import { byId, setText } from '../elements/elements.ts';

export type NewChatDialog = { ask(begin: (fields: Fields<'open'>) => Promise<void>, me: string): void };

export function newChatDialog(onBegun: () => void): NewChatDialog {
  const dialog = byId('new-chat', HTMLDialogElement);
  const form = byId('new-chat-form', HTMLFormElement);
  const other = byId('other', HTMLInputElement);
  const title = byId('group-title', HTMLInputElement);
  const members = byId('group-members', HTMLTextAreaElement);
  const error = byId('new-chat-error');
  const button = byId('new-chat-begin', HTMLButtonElement);
  let asked: { begin: (fields: Fields<'open'>) => Promise<void>; me: string } | undefined;

  const isGroup = () => new FormData(form).get('kind') === 'group';

  function showFields(): void {
    byId('direct-fields').hidden = isGroup();
    byId('group-fields').hidden = !isGroup();
    setText(error, '');
  }

  async function submit(): Promise<void> {
    if (asked === undefined) return;
    const written = { other: other.value, title: title.value, members: members.value };
    const fields = newChatFields(isGroup() ? 'group' : 'direct', written, asked.me);
    if (typeof fields === 'string') {
      setText(error, fields);
      if (isGroup()) members.focus();
      else other.focus();
      return;
    }
    setText(error, '');
    button.disabled = true;
    try {
      await asked.begin(fields);
      if (!dialog.open) return;
      dialog.close();
      onBegun();
    } catch (fault) {
      setText(error, errorWords(fault));
    } finally {
      button.disabled = false;
    }
  }

  form.addEventListener('change', showFields);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  byId('new-chat-cancel').addEventListener('click', () => dialog.close());
  return {
    ask(begin, me) {
      asked = { begin, me };
      form.reset();
      showFields();
      dialog.showModal();
      other.focus();
    },
  };
}
