/** The element of the page with this id. Page and script are one piece: where it is missing, the build is broken. */
export function byId(id: string): HTMLElement;
export function byId<Kind extends Element>(id: string, kind: new () => Kind): Kind;
export function byId(id: string, kind: new () => Element = HTMLElement): Element {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no ${kind.name} #${id}`);
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/** As text, never as markup; leaves the document alone when nothing changes, so that nothing is read out again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows a text, or hides the element where there is none. */
export function setOptional(element: HTMLElement, text: string | undefined): void {
  setText(element, text ?? '');
  element.hidden = text === undefined;
}
