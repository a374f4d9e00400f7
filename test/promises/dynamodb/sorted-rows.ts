import type { Item } from './item.ts';
import { compareRanges } from './key.ts';

/** What one key has, and had a moment ago. */
export type Row = {
  /** Of the primary key: tells rows apart that have the same key in an index. */
  readonly id: string;
  readonly range: unknown;
  item: Item | undefined;
  /** Earlier versions, oldest first, each until it was replaced. */
  past: { readonly item: Item | undefined; readonly until: number }[];
};

/** Rows by partition, in the order of their sort keys. */
export type SortedRows = {
  find(hash: unknown, range: unknown, id: string): Row | undefined;
  findOrMake(hash: unknown, range: unknown, id: string): Row;
  remove(hash: unknown, row: Row): void;
  partition(hash: unknown): readonly Row[];
  all(): Iterable<Row>;
};

export function sortedRows(): SortedRows {
  const partitions = new Map<unknown, Row[]>();
  const none: Row[] = [];

  return {
    find(hash, range, id) {
      const rows = partitions.get(hash) ?? none;
      const row = rows[positionOf(rows, range, id)];
      return row?.id === id ? row : undefined;
    },
    findOrMake(hash, range, id) {
      let rows = partitions.get(hash);
      if (rows === undefined) {
        rows = [];
        partitions.set(hash, rows);
      }
      const at = positionOf(rows, range, id);
      const found = rows[at];
      if (found?.id === id) return found;
      const row: Row = { id, range, item: undefined, past: [] };
      rows.splice(at, 0, row);
      return row;
    },
    remove(hash, row) {
      const rows = partitions.get(hash) ?? none;
      const at = positionOf(rows, row.range, row.id);
      if (rows[at] === row) rows.splice(at, 1);
      if (rows.length === 0) partitions.delete(hash);
    },
    partition: (hash) => partitions.get(hash) ?? none,
    *all() {
      for (const rows of partitions.values()) yield* rows;
    },
  };
}

/** Of the row with this key, or where it would stand. */
function positionOf(rows: readonly Row[], range: unknown, id: string): number {
  return firstWhere(rows, (row) => {
    const order = compareRanges(row.range, range);
    return order > 0 || (order === 0 && row.id >= id);
  });
}

/** The first of the rows from which on `isReached` holds. */
export function firstWhere(rows: readonly Row[], isReached: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && isReached(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}
