/** Whether two values say the same; they are such as JSON has. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => name in b && isSame(a[name as never], b[name as never]))
  );
}

/** The list as it is now, of whose rows those that say what they said before are the very same; and the very same list if all are. */
export function keepRows<Row>(
  before: readonly Row[],
  now: readonly Row[],
  keyOf: (row: Row) => string | number,
): readonly Row[] {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  const rows = now.map((row) => {
    const former = known.get(keyOf(row));
    return former !== undefined && isSame(former, row) ? former : row;
  });
  return rows.length === before.length && rows.every((row, index) => row === before[index]) ? before : rows;
}

/** For rows that are new objects only where they have changed. */
export function keepList<Row>(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  return now.length === before.length && now.every((row, index) => row === before[index]) ? before : now;
}
