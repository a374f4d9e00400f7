import type { Store } from './stores.ts';

/** One line for people: stores that differ in name and access alone, as `logs/send` and `logs/open`, are told together. */
export type Row = { readonly title: string; readonly store: Store };

export function rowsOf(stores: readonly Store[]): readonly Row[] {
  const rows = new Map<string, Store[]>();
  for (const store of stores) {
    const [family = ''] = store.name.split('/');
    const { service, kinds, purpose, key, retention, deletion, region } = store;
    const cells = JSON.stringify([family, service, kinds, purpose, key, retention, deletion, region]);
    rows.set(cells, [...(rows.get(cells) ?? []), store]);
  }
  return [...rows.values()].flatMap((group) => {
    const [store, ...others] = group;
    if (store === undefined) return [];
    const [family = ''] = store.name.split('/');
    return [{ title: others.length === 0 ? store.name : `${family} (${group.length})`, store }];
  });
}
