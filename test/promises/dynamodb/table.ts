import type { LocalTable } from '../../../infra/local/model/system-model.ts';
import { type Item, itemSize } from './item.ts';
import { encodeKey, type KeySchema, keySchemaOf, placeOf } from './key.ts';
import { invalid } from './refusals.ts';
import { type SecondaryIndex, secondaryIndex } from './secondary-index.ts';
import { type Row, sortedRows } from './sorted-rows.ts';

/** How late what is written may be seen, in milliseconds: by a read that need not be consistent, by an index. */
export type Lags = { readonly table: () => number; readonly index: () => number; readonly longest: number };

export type OnWrite = (tableName: string, before: Item | undefined, after: Item | undefined) => void;

export type Table = {
  readonly model: LocalTable;
  readonly schema: KeySchema;
  index(name: string): SecondaryIndex;
  /** With `at`, as it was then. */
  get(key: Item, at?: number): Item | undefined;
  partition(hash: unknown): readonly Row[];
  /** Puts the item in the place of what has its key; undefined takes that away. */
  write(key: Item, item: Item | undefined, now: number): void;
  /** Refuses what cannot be stored. */
  check(item: Item): void;
  items(): Iterable<Item>;
};

const mostBytes = 400 * 1024;

export function memoryTable(model: LocalTable, lags: Lags, onWrite: OnWrite = () => undefined): Table {
  const schema = keySchemaOf(model.keys);
  const rows = sortedRows();
  const graves: { readonly hash: unknown; readonly row: Row; readonly until: number }[] = [];
  const indexes = new Map(
    model.indexes.map((each) => [each.indexName, secondaryIndex(each, schema, model.attributeTypes)]),
  );

  return {
    model,
    schema,
    index(name) {
      const found = indexes.get(name);
      if (found === undefined) throw invalid(`no index ${name} of ${model.tableName}`);
      return found;
    },
    get(key, at) {
      const { hash, range } = placeOf(schema, key);
      const row = rows.find(hash, range, encodeKey(schema, key));
      return row && versionAt(row, at);
    },
    partition: rows.partition,
    write(key, item, now) {
      const { hash, range } = placeOf(schema, key);
      const id = encodeKey(schema, key);
      const row = rows.findOrMake(hash, range, id);
      row.past = row.past.filter(({ until }) => until > now - lags.longest);
      if (lags.longest > 0) row.past.push({ item: row.item, until: now });
      const before = row.item;
      row.item = item;
      // What a stale read may still show stays for its sake.
      if (item === undefined) graves.push({ hash, row, until: now + lags.longest });
      clearGraves(now);
      onWrite(model.tableName, before, item);
      for (const index of indexes.values()) index.follow(id, item, now + lags.index());
    },
    check(item) {
      if (itemSize(item) > mostBytes) throw invalid('Item size has exceeded the maximum allowed size');
      for (const index of indexes.values()) index.check(item);
    },
    *items() {
      for (const { item } of rows.all()) if (item !== undefined) yield item;
    },
  };

  function clearGraves(now: number): void {
    for (let first = graves[0]; first !== undefined && first.until <= now; first = graves[0]) {
      graves.shift();
      if (first.row.item === undefined) rows.remove(first.hash, first.row);
    }
  }
}

export function versionAt({ item, past }: Row, at: number | undefined): Item | undefined {
  if (at === undefined) return item;
  const earlier = past.find(({ until }) => until > at);
  return earlier === undefined ? item : earlier.item;
}
