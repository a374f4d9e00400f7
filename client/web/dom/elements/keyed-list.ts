export type RowElement<Row> = { readonly element: HTMLElement; update(row: Row): void };

/**
 * Makes a parent's children follow a list of rows, with the same element for the same key. In place of a row that cannot
 * be shown stands what `failed` makes, and the others go on.
 */
export function keyedList<Row extends { readonly key: string }>(
  parent: Element,
  create: (row: Row) => RowElement<Row>,
  failed: () => HTMLElement,
): (rows: readonly Row[]) => void {
  type Shown = {
    readonly element: HTMLElement;
    readonly update?: (row: Row) => void;
    readonly row: Row;
  };
  const shown = new Map<string, Shown>();

  function draw(row: Row, known: Shown | undefined): Shown {
    try {
      const { element, update } =
        known?.update === undefined ? create(row) : { ...known, update: known.update };
      update(row);
      return { element, update, row };
    } catch (error) {
      reportError(error);
      return { element: failed(), row };
    }
  }

  function elementOf(row: Row): HTMLElement {
    const known = shown.get(row.key);
    if (known !== undefined && isSame(known.row, row)) return known.element;
    const drawn = draw(row, known);
    shown.set(row.key, drawn);
    if (known !== undefined && known.element !== drawn.element) known.element.replaceWith(drawn.element);
    return drawn.element;
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

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
