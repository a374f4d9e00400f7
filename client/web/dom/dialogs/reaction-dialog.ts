import { isEmoji } from '../../../../shared/protocol/reactions/emoji.ts';
import { reactionFault } from '../../model/words/reaction-fault.ts';
import { make, setText } from '../elements/elements.ts';

export type ReactionDialog = { ask(conversationId: string, seq: number): void; close(): void };

export type ReactionActions = {
  react(conversationId: string, seq: number, emoji: string, on: boolean): Promise<unknown>;
};

/** What most people give, each with what it is called. */
const common = [
  ['👍', 'Thumbs up'],
  ['❤️', 'Heart'],
  ['😂', 'Tears of joy'],
  ['🎉', 'Party'],
  ['😮', 'Surprised'],
  ['😢', 'Sad'],
  ['🙏', 'Folded hands'],
  ['👀', 'Eyes'],
] as const;

/** Which emoji one gives: one of those that are common, or any other. */
export function reactionDialog({ react }: ReactionActions): ReactionDialog {
  let target: { readonly conversationId: string; readonly seq: number } | undefined;
  const heading = make('h2', '', 'React to this message');
  heading.id = 'react-title';
  const choices = common.map(([emoji, name]) => {
    const button = make('button', 'choice', emoji);
    button.type = 'button';
    button.ariaLabel = name;
    button.title = name;
    button.addEventListener('click', () => void give(emoji));
    return button;
  });
  const other = make('input', '');
  other.id = 'react-other';
  other.autocomplete = 'off';
  const label = make('label', '', 'Another emoji');
  label.htmlFor = other.id;
  const error = make('p', 'error');
  error.role = 'alert';
  const cancel = make('button', '', 'Cancel');
  cancel.type = 'button';
  cancel.id = 'react-cancel';
  cancel.addEventListener('click', () => dialog.close());
  const form = make(
    'form',
    'panel',
    heading,
    make('div', 'choices', ...choices),
    label,
    other,
    error,
    make('div', 'buttons', cancel, make('button', 'primary', 'React')),
  );
  form.noValidate = true;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const emoji = other.value.trim();
    if (isEmoji(emoji)) return void give(emoji);
    setText(error, 'Please give one emoji.');
    other.focus();
  });
  const dialog = make('dialog', '', form);
  dialog.id = 'react';
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);

  async function give(emoji: string): Promise<void> {
    if (target === undefined) return;
    const { conversationId, seq } = target;
    setText(error, '');
    try {
      await react(conversationId, seq, emoji, true);
      dialog.close();
    } catch (fault) {
      setText(error, reactionFault(fault));
    }
  }

  return {
    ask(conversationId, seq) {
      target = { conversationId, seq };
      other.value = '';
      setText(error, '');
      dialog.showModal();
      choices[0]?.focus();
    },
    close: () => dialog.close(),
  };
}
