import { holds, parseCondition } from './expressions/condition.ts';
import { namesOf } from './expressions/names.ts';
import { parseUpdate, update } from './expressions/update.ts';
import { copy, type Item } from './item.ts';
import { checkedKey, isExactly } from './key.ts';
import { invalid } from './refusals.ts';
import type { Table } from './table.ts';

/** What the four kinds of write have in common, alone or in a transaction. */
export type WriteRequest = {
  readonly Item?: Item | undefined;
  readonly Key?: Item | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
};

export type WriteKind = 'Put' | 'Update' | 'Delete' | 'ConditionCheck';

export type Write = {
  readonly key: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Of an update: the attributes that it names. */
  readonly touched: ReadonlySet<string>;
  /** Whether its condition holds. */
  readonly isAllowed: boolean;
};

const nothing: ReadonlySet<string> = new Set();

/** Works out what a write would do to the table as it is. */
export function planWrite(table: Table, kind: WriteKind, request: WriteRequest): Write {
  const { schema, model } = table;
  const given = kind === 'Put' ? request.Item : request.Key;
  if (given === undefined) throw invalid(`${kind} without ${kind === 'Put' ? 'an item' : 'a key'}`);
  const key = checkedKey(schema, model.attributeTypes, given);
  if (kind !== 'Put' && !isExactly(schema, given)) throw invalid('a key has the key attributes alone');
  const names = namesOf(request);
  const before = table.get(key);
  const condition =
    request.ConditionExpression === undefined ? undefined : parseCondition(request.ConditionExpression);
  if (kind === 'ConditionCheck' && condition === undefined) throw invalid('a check without a condition');
  const isAllowed = condition === undefined || holds(condition, before ?? {}, names);
  const planned = plan();
  names.checkAllUsed();
  if (isAllowed && planned.after !== undefined) table.check(planned.after);
  return { key, before, isAllowed, ...planned };

  function plan(): Pick<Write, 'after' | 'touched'> {
    if (kind === 'Put') return { after: copy(given), touched: nothing };
    if (kind === 'Delete') return { after: undefined, touched: nothing };
    if (kind === 'ConditionCheck' || request.UpdateExpression === undefined)
      return { after: before, touched: nothing };
    const actions = parseUpdate(request.UpdateExpression);
    // A condition that does not hold is told first: the operands may be there for no other case.
    if (!isAllowed) {
      for (const alias of Object.keys(request.ExpressionAttributeNames ?? {})) names.name(alias);
      for (const alias of Object.keys(request.ExpressionAttributeValues ?? {})) names.value(alias);
      return { after: before, touched: nothing };
    }
    const { item, touched } = update(actions, before ?? key, names);
    if ([schema.hash, schema.range].some((name) => name !== undefined && touched.has(name)))
      throw invalid('an update changes no key');
    return { after: item, touched };
  }
}
