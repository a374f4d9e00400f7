import { newId } from '../../../wire/new-id.ts';
import { type ChatKind, type NewChat, newChatFields } from '../../model/conversations/new-chat-fields.ts';
import { errorWords } from '../../model/words/error-words.ts';
import { byId, setText } from '../elements/elements.ts';

export type NewChatDialog = { ask(begin: Begin, me: string): void };

/** The id is the same for the same chat, however often it is asked for. */
type Begin = (chat: NewChat, id: string) => Promise<void>;

export function newChatDialog(onBegun: () => void): NewChatDialog {
  const dialog = byId('new-chat', HTMLDialogElement);
  const form = byId('new-chat-form', HTMLFormElement);
  const other = byId('other', HTMLInputElement);
  const title = byId('group-title', HTMLInputElement);
  const members = byId('group-members', HTMLTextAreaElement);
  const error = byId('new-chat-error');
  const button = byId('new-chat-begin', HTMLButtonElement);
  let asked: { begin: Begin; me: string; id: string } | undefined;

  const room = byId('room', HTMLInputElement);
  const fieldOf = { direct: other, group: members, room } as const;
  function kind(): ChatKind {
    const chosen = new FormData(form).get('kind');
    return chosen === 'group' || chosen === 'room' ? chosen : 'direct';
  }

  function showFields(): void {
    for (const each of ['direct', 'group', 'room']) byId(`${each}-fields`).hidden = each !== kind();
    setText(error, '');
  }

  async function submit(): Promise<void> {
    if (asked === undefined) return;
    const written = { other: other.value, title: title.value, members: members.value, room: room.value };
    const fields = newChatFields(kind(), written, asked.me);
    if (typeof fields === 'string') {
      setText(error, fields);
      fieldOf[kind()].focus();
      return;
    }
    setText(error, '');
    button.disabled = true;
    try {
      await asked.begin(fields, asked.id);
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
      asked = { begin, me, id: newId() };
      form.reset();
      showFields();
      dialog.showModal();
      other.focus();
    },
  };
}
