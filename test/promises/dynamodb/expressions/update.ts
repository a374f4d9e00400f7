import { copy, equal, type Item, typeOf } from '../item.ts';
import { invalid } from '../refusals.ts';
import type { Names } from './names.ts';
import { type Path, parsePath, resolvePath, valueAt } from './path.ts';
import { type Reader, reader } from './tokens.ts';

type Value =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly alias: string }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Value }
  | { readonly kind: 'list_append' | 'plus' | 'minus'; readonly left: Value; readonly right: Value };

type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly value: Value }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly alias: string };

const parsed = new Map<string, readonly Action[]>();
const clauses = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

export function parseUpdate(expression: string): readonly Action[] {
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const tokens = reader(expression);
  const actions: Action[] = [];
  const seen = new Set<string>();
  while (tokens.peek().kind !== 'end') {
    const clause = clauses.find((word) => tokens.takeWord(word));
    if (clause === undefined || seen.has(clause)) throw tokens.wrong();
    seen.add(clause);
    do actions.push(parseAction(clause, tokens));
    while (tokens.takeSign(','));
  }
  if (actions.length === 0) throw invalid('an update that changes nothing');
  parsed.set(expression, actions);
  return actions;
}

function parseAction(clause: (typeof clauses)[number], tokens: Reader): Action {
  const path = parsePath(tokens);
  if (clause === 'REMOVE') return { kind: 'remove', path };
  if (clause === 'SET') {
    tokens.expectSign('=');
    return { kind: 'set', path, value: parseSum(tokens) };
  }
  if (tokens.peek().kind !== 'value') throw tokens.wrong();
  return { kind: clause === 'ADD' ? 'add' : 'delete', path, alias: tokens.take().text };
}

function parseSum(tokens: Reader): Value {
  const left = parseValue(tokens);
  if (tokens.takeSign('+')) return { kind: 'plus', left, right: parseValue(tokens) };
  if (tokens.takeSign('-')) return { kind: 'minus', left, right: parseValue(tokens) };
  return left;
}

function parseValue(tokens: Reader): Value {
  if (tokens.peek().kind === 'value') return { kind: 'value', alias: tokens.take().text };
  const { text: name } = tokens.peek();
  if (tokens.peek(1).text !== '(') return { kind: 'path', path: parsePath(tokens) };
  tokens.take();
  tokens.take();
  const value = parseCall(name, tokens);
  tokens.expectSign(')');
  return value;
}

function parseCall(name: string, tokens: Reader): Value {
  if (name === 'if_not_exists') {
    const path = parsePath(tokens);
    tokens.expectSign(',');
    return { kind: 'if_not_exists', path, otherwise: parseValue(tokens) };
  }
  if (name !== 'list_append') throw invalid(`no such function: ${name}`);
  const left = parseValue(tokens);
  tokens.expectSign(',');
  return { kind: 'list_append', left, right: parseValue(tokens) };
}

export type Updated = {
  readonly item: Item /** The top-level attributes that were named. */;
  readonly touched: ReadonlySet<string>;
};

/** All values are those of before, whatever the other actions do. */
export function update(actions: readonly Action[], before: Item, names: Names): Updated {
  const item = copy(before) as Record<string, unknown>;
  const touched = new Set<string>();
  for (const action of actions) {
    const [name = '', ...deeper] = resolvePath(action.path, names);
    if (deeper.length > 0) throw invalid('this engine changes attributes as a whole');
    if (touched.has(String(name))) throw invalid(`two paths overlap: ${name}`);
    touched.add(String(name));
    const value = changed(action, valueAt(before, [name]), before, names);
    if (value === undefined) Reflect.deleteProperty(item, name);
    else item[name] = value;
  }
  return { item, touched };
}

/** What stands at the path afterwards; undefined: nothing. */
function changed(action: Action, present: unknown, before: Item, names: Names): unknown {
  if (action.kind === 'remove') return undefined;
  if (action.kind === 'set') {
    const value = evaluate(action.value, before, names);
    if (value === undefined) throw invalid('an operand that is not in the item');
    return copy(value);
  }
  const operand = names.value(action.alias);
  if (typeof operand === 'number' && action.kind === 'add') {
    if (present !== undefined && typeof present !== 'number')
      throw invalid('ADD of a number to something else');
    return (present ?? 0) + operand;
  }
  if (!(operand instanceof Set)) throw invalid(`${action.kind} takes a set`);
  if (present !== undefined && typeOf(present) !== typeOf(operand)) throw invalid('two kinds of sets');
  const members = present instanceof Set ? [...present] : [];
  const others = [...operand];
  const isIn = (each: unknown, list: readonly unknown[]) => list.some((other) => equal(other, each));
  const left =
    action.kind === 'add'
      ? [...members, ...others.filter((each) => !isIn(each, members))]
      : members.filter((each) => !isIn(each, others));
  return left.length === 0 ? undefined : new Set(left);
}

function evaluate(value: Value, before: Item, names: Names): unknown {
  switch (value.kind) {
    case 'path':
      return valueAt(before, resolvePath(value.path, names));
    case 'value':
      return names.value(value.alias);
    case 'if_not_exists': {
      const present = valueAt(before, resolvePath(value.path, names));
      const otherwise = evaluate(value.otherwise, before, names);
      return present === undefined ? otherwise : present;
    }
    default: {
      const left = evaluate(value.left, before, names);
      const right = evaluate(value.right, before, names);
      if (value.kind === 'list_append') {
        if (!Array.isArray(left) || !Array.isArray(right)) throw invalid('list_append takes lists');
        return [...left, ...right];
      }
      if (typeof left !== 'number' || typeof right !== 'number') throw invalid('only numbers are added');
      return value.kind === 'plus' ? left + right : left - right;
    }
  }
}
