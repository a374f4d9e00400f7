import { make, setText } from '../elements/elements.ts';
import type { MessagePart } from './message-part.ts';

/** Above an answer what it answers to; it goes with that. */
export function quoteElement(): MessagePart {
  const name = make('bdi', 'quote-name');
  const text = make('span', 'quote-text');
  text.dir = 'auto';
  const element = make('blockquote', 'quote', name, text);
  return {
    element,
    update({ quote }) {
      element.hidden = quote === undefined;
      setText(name, quote?.name ?? '');
      setText(text, quote?.text ?? '');
    },
  };
}
