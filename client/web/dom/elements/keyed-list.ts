export type RowElement<Row> = { readonly element: HTMLElement; update(row: Row): void };

/** Makes a parent's children follow a list of rows, with the same element for the same key. */
export function keyedList<Row extends { readonly key: string }>(
  parent: Element,
  create: (row: Row) => RowElement<Row>,
): (rows: readonly Row[]) => void {
  const shown = new Map<string, RowElement<Row> & { state: string }>();

  function elementOf(row: Row): HTMLElement {
    const state = JSON.stringify(row);
    const known = shown.get(row.key) ?? { ...create(row), state: '' };
    shown.set(row.key, known);
    if (known.state !== state) known.update(row);
    known.state = state;
    return known.element;
  }

  return (rows) => {
    const focused = document.activeElement;
    const keys = new Set(rows.map(({ key }) => key));
    for (const [key, { element }] of shown) {
      if (keys.has(key)) continue;
      element.remove();
      shown.delete(key);
    }
    let next = parent.firstElementChild;
    for (const row of rows) {
      const element = elementOf(row);
      if (element === next) next = next.nextElementSibling;
      else parent.insertBefore(element, next);
    }
    // Moving an element takes the focus from it.
    if (focused instanceof HTMLElement && parent.contains(focused)) focused.focus({ preventScroll: true });
  };
}
