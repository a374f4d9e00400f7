import { mentionParts } from '../../../words/mention-words.ts';
import { textParts } from '../../model/messages/text-parts.ts';
import { make } from '../elements/elements.ts';

/** What was written, which is not always what stands there. */
const shown = new WeakMap<Element, string>();

/** Shows what somebody wrote, as text; its addresses can be opened, and are told nothing of this page. Whom it calls stands out. */
export function setLinkedText(element: Element, text: string, called: readonly string[] = []): void {
  const said = JSON.stringify([text, called]);
  if (shown.get(element) === said) return;
  shown.set(element, said);
  element.replaceChildren(
    ...textParts(text).flatMap((part) =>
      part.href === undefined ? withNames(part.text, called) : [link(part)],
    ),
  );
}

function withNames(text: string, called: readonly string[]): readonly (string | HTMLElement)[] {
  return mentionParts(text, called).map((part) =>
    part.name === undefined ? part.text : make('bdi', 'called', part.text),
  );
}

function link({ text, href = '' }: { readonly text: string; readonly href?: string }): HTMLAnchorElement {
  const anchor = make('a', '', text);
  anchor.href = href;
  anchor.target = '_blank';
  anchor.rel = 'noreferrer noopener';
  return anchor;
}
