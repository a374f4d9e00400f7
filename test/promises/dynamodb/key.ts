import type { KeyAttribute } from '../../../infra/local/model/system-model.ts';
import { compare, type Item } from './item.ts';
import { invalid } from './refusals.ts';

/** What an item of a table, or its copy in an index, is found by. */
export type KeySchema = { readonly hash: string; readonly range: string | undefined };

export type Place = { readonly hash: unknown; readonly range: unknown };

export function keySchemaOf(keys: readonly KeyAttribute[]): KeySchema {
  const named = (type: KeyAttribute['keyType']) => keys.find(({ keyType }) => keyType === type)?.name;
  const hash = named('HASH');
  if (hash === undefined) throw new Error('a table without a partition key');
  return { hash, range: named('RANGE') };
}

/** The attributes of the key alone, of an item or of a key. */
export function keyOf({ hash, range }: KeySchema, item: Item): Item {
  return { [hash]: item[hash], ...(range !== undefined && { [range]: item[range] }) };
}

/** Refuses what is no key of this table. */
export function checkedKey(schema: KeySchema, types: Readonly<Record<string, string>>, key: Item): Item {
  const names = [schema.hash, ...(schema.range === undefined ? [] : [schema.range])];
  for (const name of names) {
    const value = key[name];
    const isRight =
      types[name] === 'N' ? typeof value === 'number' : typeof value === 'string' && value !== '';
    if (!isRight) throw invalid(`not a key: ${name}`);
  }
  return keyOf(schema, key);
}

export function isExactly(schema: KeySchema, key: Item): boolean {
  return Object.keys(key).length === (schema.range === undefined ? 1 : 2);
}

/** A text for each key. */
export function encodeKey({ hash, range }: KeySchema, item: Item): string {
  return range === undefined ? String(item[hash]) : `${String(item[hash])}\n${String(item[range])}`;
}

export function placeOf({ hash, range }: KeySchema, item: Item): Place {
  return { hash: item[hash], range: range === undefined ? undefined : item[range] };
}

export function compareRanges(one: unknown, other: unknown): number {
  return one === other ? 0 : (compare(one, other) ?? 0);
}
