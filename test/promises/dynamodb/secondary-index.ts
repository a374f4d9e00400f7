import type { LocalTable } from '../../../infra/local/model/system-model.ts';
import type { Item } from './item.ts';
import { type KeySchema, keyOf, keySchemaOf, placeOf } from './key.ts';
import { invalid } from './refusals.ts';
import { type SortedRows, sortedRows } from './sorted-rows.ts';

type IndexModel = LocalTable['indexes'][number];

/** A global secondary index: it follows its table after a while, write by write of each item. */
export type SecondaryIndex = {
  readonly schema: KeySchema;
  /** Refuses an item whose attributes cannot be keys here. */
  check(item: Item): void;
  /** Takes note of a write, to be seen here from that time on. */
  follow(id: string, item: Item | undefined, visibleAt: number): void;
  /** As it is at that time. */
  rows(now: number): Pick<SortedRows, 'partition'>;
};

export function secondaryIndex(
  model: IndexModel,
  primary: KeySchema,
  types: Readonly<Record<string, string>>,
): SecondaryIndex {
  const schema = keySchemaOf(model.keys);
  const rows = sortedRows();
  const present = new Map<string, Item>();
  let waiting: { readonly id: string; readonly item: Item | undefined; readonly at: number }[] = [];
  const keys = [schema.hash, ...(schema.range === undefined ? [] : [schema.range])];

  return {
    schema,
    check(item) {
      for (const name of keys) {
        const value = item[name];
        const wanted = types[name] === 'N' ? 'number' : 'string';
        if (value !== undefined && (typeof value !== wanted || value === ''))
          throw invalid(`not a key of ${model.indexName}: ${name}`);
      }
    },
    follow(id, item, visibleAt) {
      // The writes of one item come in their order.
      const before = waiting.findLast((each) => each.id === id);
      waiting.push({ id, item, at: Math.max(visibleAt, before?.at ?? 0) });
    },
    rows(now) {
      if (waiting.length > 0) {
        const due = waiting.filter(({ at }) => at <= now);
        waiting = waiting.filter(({ at }) => at > now);
        for (const { id, item } of due) apply(id, item);
      }
      return rows;
    },
  };

  function apply(id: string, item: Item | undefined): void {
    const before = present.get(id);
    if (before !== undefined) {
      const { hash, range } = placeOf(schema, before);
      const row = rows.find(hash, range, id);
      if (row !== undefined) rows.remove(hash, row);
      present.delete(id);
    }
    if (item === undefined || keys.some((name) => item[name] === undefined)) return;
    const shown = projected(item);
    present.set(id, shown);
    const { hash, range } = placeOf(schema, shown);
    rows.findOrMake(hash, range, id).item = shown;
  }

  function projected(item: Item): Item {
    if (model.projectionType === 'ALL') return item;
    const kept = { ...keyOf(primary, item), ...keyOf(schema, item) };
    for (const name of model.nonKeyAttributes) if (item[name] !== undefined) kept[name] = item[name];
    return kept;
  }
}
