import { reactionLabel } from '../../../words/reaction-words.ts';
import { make, setText } from '../elements/elements.ts';
import type { MessagePart } from './message-part.ts';

type React = (seq: number, emoji: string, on: boolean) => void;

/** Beneath a message what it was given: each button gives the same, or takes it back. */
export function reactionBar(react: React): MessagePart {
  const buttons = new Map<string, HTMLButtonElement>();
  const element = make('div', 'reactions');
  element.role = 'group';
  element.ariaLabel = 'Reactions';
  let seq: number | undefined;

  function buttonOf(emoji: string): HTMLButtonElement {
    const known = buttons.get(emoji);
    if (known !== undefined) return known;
    const button = make('button', 'reaction');
    button.type = 'button';
    button.addEventListener('click', () => {
      if (seq !== undefined) react(seq, emoji, button.ariaPressed !== 'true');
    });
    buttons.set(emoji, button);
    return button;
  }

  return {
    element,
    update(row) {
      seq = row.seq;
      const { reactions } = row;
      element.hidden = reactions.length === 0;
      for (const [emoji, button] of buttons)
        if (!reactions.some((each) => each.emoji === emoji)) {
          button.remove();
          buttons.delete(emoji);
        }
      for (const reaction of reactions) {
        const button = buttonOf(reaction.emoji);
        setText(button, `${reaction.emoji} ${reaction.count}`);
        button.ariaPressed = String(reaction.own === true);
        button.ariaLabel = reactionLabel(reaction);
        if (!button.isConnected) element.append(button);
      }
    },
  };
}
