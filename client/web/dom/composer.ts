import { isSendKey, tooLong } from '../model/composed-text.ts';
import { byId, setText } from './elements.ts';

export type Composer = {
  /** Shows the draft of this conversation. */
  belongTo(conversationId: string): void;
  /** Puts a text back that could not be sent. */
  put(text: string): void;
  focus(): void;
  clear(): void;
};

export function composer(onSend: (text: string) => void, mostBytes: () => number): Composer {
  const form = byId('composer', HTMLFormElement);
  const field = byId('text', HTMLTextAreaElement);
  const error = byId('composer-error', HTMLElement);
  const drafts = new Map<string, string>();
  let current: string | undefined;

  function submit(): void {
    const text = field.value.trim();
    field.focus();
    if (text === '') return;
    const complaint = tooLong(text, mostBytes());
    setText(error, complaint ?? '');
    if (complaint !== undefined) return;
    field.value = '';
    onSend(text);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener('keydown', (event) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener('input', () => setText(error, ''));
  return {
    belongTo(conversationId) {
      if (conversationId === current) return;
      if (current !== undefined) drafts.set(current, field.value);
      current = conversationId;
      field.value = drafts.get(conversationId) ?? '';
      setText(error, '');
    },
    put(text) {
      field.value = field.value.trim() === '' ? text : `${text}\n${field.value}`;
      field.focus();
    },
    focus: () => field.focus(),
    clear() {
      drafts.clear();
      current = undefined;
      field.value = '';
    },
  };
}
