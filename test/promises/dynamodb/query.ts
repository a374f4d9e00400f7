import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { holds, looksAt, parseCondition } from './expressions/condition.ts';
import { namesOf } from './expressions/names.ts';
import { parseProjection, project } from './expressions/projection.ts';
import { copy, type Item, itemSize } from './item.ts';
import { compareRanges, encodeKey, keyOf } from './key.ts';
import { keyRange, within } from './key-range.ts';
import { invalid } from './refusals.ts';
import type { Row } from './sorted-rows.ts';
import { type Table, versionAt } from './table.ts';

const pageBytes = 1024 * 1024;

export type Page = { readonly Items: Item[]; readonly Count: number; readonly LastEvaluatedKey?: Item };

/** One page, of the table as it was at that time where the read need not be consistent. */
export function query(
  table: Table,
  input: QueryCommandInput,
  now: number,
  staleAt: number | undefined,
): Page {
  const { IndexName, KeyConditionExpression, FilterExpression, ProjectionExpression } = input;
  const { ConsistentRead, ExclusiveStartKey, ScanIndexForward = true, Limit } = input;
  if (KeyConditionExpression === undefined) throw invalid('a query without a key condition');
  if (IndexName !== undefined && ConsistentRead === true)
    throw invalid('Consistent reads are not supported on global secondary indexes');
  if (Limit !== undefined && Limit < 1) throw invalid('Limit must be 1 at least');
  const names = namesOf(input);
  const index = IndexName === undefined ? undefined : table.index(IndexName);
  const schema = index?.schema ?? table.schema;
  const wanted = keyRange(parseCondition(KeyConditionExpression), schema, names);
  const partition =
    index === undefined ? table.partition(wanted.hash) : index.rows(now).partition(wanted.hash);
  const inOrder = [...within(partition, wanted)];
  if (!ScanIndexForward) inOrder.reverse();
  const candidates = ExclusiveStartKey === undefined ? inOrder : behind(ExclusiveStartKey);
  const filter = FilterExpression === undefined ? undefined : parseCondition(FilterExpression);
  const projection = ProjectionExpression === undefined ? undefined : parseProjection(ProjectionExpression);
  // An expression of a query without rows is checked too.
  if (filter !== undefined) {
    holds(filter, {}, names);
    if (looksAt(filter, [schema.hash, schema.range], names)) throw invalid('a filter looks at no key');
  }
  if (projection !== undefined) project(projection, {}, names);
  names.checkAllUsed();

  const Items: Item[] = [];
  let last: Item | undefined;
  let bytes = 0;
  let evaluated = 0;
  for (const row of candidates) {
    const item = versionAt(row, index === undefined ? staleAt : undefined);
    if (item === undefined) continue;
    bytes += itemSize(item);
    if (evaluated === Limit || (evaluated > 0 && bytes > pageBytes)) return page(last);
    last = item;
    evaluated += 1;
    if (filter !== undefined && !holds(filter, item, names)) continue;
    Items.push(projection === undefined ? copy(item) : project(projection, item, names));
  }
  return page(evaluated === Limit ? last : undefined);

  function page(end: Item | undefined): Page {
    const LastEvaluatedKey = end && { ...keyOf(table.schema, end), ...(index && keyOf(index.schema, end)) };
    return { Items, Count: Items.length, ...(LastEvaluatedKey && { LastEvaluatedKey }) };
  }

  function behind(key: Item): Row[] {
    const range = schema.range === undefined ? undefined : key[schema.range];
    const id = encodeKey(table.schema, key);
    return inOrder.filter((row) => {
      const order = compareRanges(row.range, range) || (row.id < id ? -1 : row.id > id ? 1 : 0);
      return ScanIndexForward ? order > 0 : order < 0;
    });
  }
}
