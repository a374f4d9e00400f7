import { completed, nameCompletion } from '../../model/sending/name-completion.ts';
import { byId, make } from '../elements/elements.ts';

export type NameSuggestions = {
  /** After the text or the caret has changed. */
  update(): void;
  /** Whether a key was meant for the names. */
  takes(event: KeyboardEvent): boolean;
  close(): void;
};

/** The names that come up behind an `@`: the arrows choose, Enter and Tab take one, Escape takes none; or by pointer. */
export function nameSuggestions(
  field: HTMLTextAreaElement,
  names: () => readonly string[],
  changed: () => void,
): NameSuggestions {
  const list = byId('names');
  let start = 0;
  let shown: readonly string[] = [];
  let chosen = 0;

  function close(): void {
    shown = [];
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute('aria-activedescendant');
  }

  function mark(index: number): void {
    chosen = (index + shown.length) % shown.length;
    for (const [at, item] of [...list.children].entries()) item.ariaSelected = String(at === chosen);
    const marked = list.children[chosen];
    marked?.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', marked?.id ?? '');
  }

  function take(name: string): void {
    const next = completed(field.value, field.selectionStart, start, name);
    field.value = next.text;
    field.setSelectionRange(next.caret, next.caret);
    close();
    field.focus();
    changed();
  }

  function itemOf(name: string, index: number): HTMLElement {
    const item = make('div', 'name', make('bdi', '', name));
    item.id = `name-${index}`;
    item.role = 'option';
    // Before the field loses the focus.
    item.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      take(name);
    });
    return item;
  }

  field.addEventListener('blur', close);
  return {
    update() {
      const found =
        field.selectionStart === field.selectionEnd
          ? nameCompletion(field.value, field.selectionStart, names())
          : undefined;
      if (found === undefined) return close();
      ({ start, names: shown } = found);
      list.replaceChildren(...shown.map(itemOf));
      list.hidden = false;
      mark(0);
    },
    takes(event) {
      if (shown.length === 0 || event.isComposing || event.shiftKey) return false;
      const { key } = event;
      if (key === 'ArrowDown') mark(chosen + 1);
      else if (key === 'ArrowUp') mark(chosen - 1);
      else if (key === 'Escape') close();
      else if (key === 'Enter' || key === 'Tab') take(shown[chosen] ?? '');
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    close,
  };
}
