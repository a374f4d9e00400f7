import type { Attachment } from '../../model/media/attachment.ts';
import type { Chosen } from '../../model/media/choose-files.ts';
import { isSendKey, tooLong } from '../../model/sending/composed-text.ts';
import { byId, setText } from '../elements/elements.ts';
import { attachmentBar } from './attachment-bar.ts';
import { fileSources } from './file-sources.ts';
import { nameSuggestions } from './name-suggestions.ts';
import { replyBar } from './reply-bar.ts';
import { voiceRecorder } from './voice-recorder.ts';

export type Draft = {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The number of the message that it answers to. */
  readonly replyTo?: number | undefined;
};

export type Composer = {
  /** Shows the draft of this conversation; what it answers to may be gone meanwhile. */
  setConversation(conversationId: string): void;
  /** What is written answers to that message. */
  reply(seq: number): void;
  /** Puts back what could not be sent. */
  restore(draft: Draft): void;
  focus(): void;
  clear(): void;
};

export type ComposerOptions = {
  readonly onSend: (draft: Draft) => void;
  readonly onTyping: () => void;
  readonly mostBytes: () => number;
  /** Who can be mentioned where one writes. */
  readonly names: () => readonly string[];
  /** What that message says, for as long as it can be read. */
  readonly quote: (seq: number) => string | undefined;
  readonly choose: (files: readonly File[]) => Promise<Chosen>;
};

const empty: Draft = { text: '', attachments: [] };

export function createComposer({
  onSend,
  onTyping,
  mostBytes,
  names,
  quote,
  choose,
}: ComposerOptions): Composer {
  const form = byId('composer', HTMLFormElement);
  const field = byId('text', HTMLTextAreaElement);
  const error = byId('composer-error');
  const drafts = new Map<string, Draft>();
  let current: string | undefined;

  const files = attachmentBar(() => {
    field.placeholder = files.isEmpty() ? 'Write a message' : 'Add a caption';
  });

  function swap(next: Draft): Draft {
    const held = { text: field.value, attachments: files.swap(next.attachments), replyTo: answer.seq() };
    field.value = next.text;
    answer.set(next.replyTo);
    return held;
  }

  const answer = replyBar(quote, () => field.focus());
  const people = nameSuggestions(field, names, onTyping);

  function submit(): void {
    const text = field.value.trim();
    field.focus();
    if (text === '' && files.isEmpty()) return;
    const complaint = tooLong(text, mostBytes());
    setText(error, complaint ?? '');
    if (complaint === undefined) onSend({ ...swap(empty), text });
  }

  async function attach(chosen: readonly File[], voice?: true): Promise<void> {
    const asked = current;
    const { attachments, complaint } = await choose(chosen);
    // They belong to the conversation that lay open when they were chosen.
    if (asked !== current) return;
    files.add(voice === true ? attachments.map((each) => ({ ...each, voice })) : attachments);
    setText(error, complaint ?? '');
    field.focus();
  }

  fileSources((chosen) => void attach(chosen));
  const voice = voiceRecorder({
    onVoice: (file) => void attach([file], true),
    refusal: async () => (await choose([])).complaint,
    onFault: (words) => setText(error, words),
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener('keydown', (event) => {
    if (people.takes(event)) return;
    if (event.key === 'Escape') answer.set(undefined);
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener('input', () => {
    setText(error, '');
    if (field.value !== '') onTyping();
    people.update();
  });
  return {
    setConversation(conversationId) {
      if (conversationId === current) return answer.refresh();
      const held = swap(drafts.get(conversationId) ?? empty);
      if (current !== undefined) drafts.set(current, held);
      voice.discard();
      people.close();
      current = conversationId;
      setText(error, '');
    },
    reply(seq) {
      answer.set(seq);
      field.focus();
    },
    restore({ text, attachments, replyTo }) {
      if (replyTo !== undefined) answer.set(replyTo);
      files.add(attachments);
      field.value = [text, field.value].filter((words) => words.trim() !== '').join('\n');
      field.focus();
    },
    focus: () => field.focus(),
    clear() {
      voice.discard();
      swap(empty);
      drafts.clear();
      current = undefined;
    },
  };
}
