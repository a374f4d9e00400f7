import { compare, equal, type Item, typeOf } from '../item.ts';
import { invalid } from '../refusals.ts';
import type { Names } from './names.ts';
import { type Path, parsePath, resolvePath, valueAt } from './path.ts';
import { type Reader, reader } from './tokens.ts';

type Operand =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly alias: string };

type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly left: Operand; readonly by: Comparator; readonly right: Operand }
  | { readonly kind: 'between'; readonly subject: Operand; readonly from: Operand; readonly to: Operand }
  | { readonly kind: 'in'; readonly subject: Operand; readonly among: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly is: boolean }
  | { readonly kind: 'type' | 'begins' | 'contains'; readonly path: Path; readonly operand: Operand };

const comparators: readonly string[] = ['=', '<>', '<', '<=', '>', '>='] satisfies Comparator[];
const parsed = new Map<string, Condition>();

/** A condition, key condition or filter: they are one language. */
export function parseCondition(expression: string): Condition {
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const tokens = reader(expression);
  const condition = parseOr(tokens);
  tokens.expectEnd();
  parsed.set(expression, condition);
  return condition;
}

function parseOr(tokens: Reader): Condition {
  const parts = [parseAnd(tokens)];
  while (tokens.takeWord('OR')) parts.push(parseAnd(tokens));
  return one('or', parts);
}

function parseAnd(tokens: Reader): Condition {
  const parts = [parseNot(tokens)];
  while (tokens.takeWord('AND')) parts.push(parseNot(tokens));
  return one('and', parts);
}

const one = (kind: 'and' | 'or', parts: readonly Condition[]): Condition =>
  parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind, parts };

function parseNot(tokens: Reader): Condition {
  if (tokens.takeWord('NOT')) return { kind: 'not', part: parseNot(tokens) };
  if (tokens.takeSign('(')) {
    const inner = parseOr(tokens);
    tokens.expectSign(')');
    return inner;
  }
  return parseFunction(tokens) ?? parseComparison(tokens);
}

function parseFunction(tokens: Reader): Condition | undefined {
  const { kind, text: name } = tokens.peek();
  if (kind !== 'name' || tokens.peek(1).text !== '(') return undefined;
  tokens.take();
  tokens.take();
  const path = parsePath(tokens);
  const condition = call(name, path, tokens);
  tokens.expectSign(')');
  return condition;
}

function call(name: string, path: Path, tokens: Reader): Condition {
  if (name === 'attribute_exists') return { kind: 'exists', path, is: true };
  if (name === 'attribute_not_exists') return { kind: 'exists', path, is: false };
  tokens.expectSign(',');
  const operand = parseOperand(tokens);
  if (name === 'attribute_type') return { kind: 'type', path, operand };
  if (name === 'begins_with') return { kind: 'begins', path, operand };
  if (name === 'contains') return { kind: 'contains', path, operand };
  throw invalid(`no such function: ${name}`);
}

function parseComparison(tokens: Reader): Condition {
  const subject = parseOperand(tokens);
  if (tokens.takeWord('BETWEEN')) {
    const from = parseOperand(tokens);
    if (!tokens.takeWord('AND')) throw tokens.wrong();
    return { kind: 'between', subject, from, to: parseOperand(tokens) };
  }
  if (tokens.takeWord('IN')) {
    tokens.expectSign('(');
    const among = [parseOperand(tokens)];
    while (tokens.takeSign(',')) among.push(parseOperand(tokens));
    tokens.expectSign(')');
    return { kind: 'in', subject, among };
  }
  if (!comparators.includes(tokens.peek().text)) throw tokens.wrong();
  const by = tokens.take().text as Comparator;
  return { kind: 'compare', left: subject, by, right: parseOperand(tokens) };
}

function parseOperand(tokens: Reader): Operand {
  if (tokens.peek().kind === 'value') return { kind: 'value', alias: tokens.take().text };
  return { kind: 'path', path: parsePath(tokens) };
}

/** Everything is looked at, so that what a request gives and does not use is found whatever the item. */
export function holds(condition: Condition, item: Item, names: Names): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.map((part) => holds(part, item, names)).every(Boolean);
    case 'or':
      return condition.parts.map((part) => holds(part, item, names)).some(Boolean);
    case 'not':
      return !holds(condition.part, item, names);
    case 'exists':
      return (valueAt(item, resolvePath(condition.path, names)) !== undefined) === condition.is;
    case 'compare':
      return compares(operand(condition.left), condition.by, operand(condition.right));
    case 'between': {
      const [subject, from, to] = [condition.subject, condition.from, condition.to].map(operand);
      const areGiven = condition.from.kind === 'value' && condition.to.kind === 'value';
      if (areGiven && (compare(from, to) ?? 0) > 0) throw invalid('BETWEEN goes upwards');
      return compares(subject, '>=', from) && compares(subject, '<=', to);
    }
    case 'in': {
      const subject = operand(condition.subject);
      const among = condition.among.map(operand);
      return subject !== undefined && among.some((each) => equal(subject, each));
    }
    default:
      return applies(
        condition.kind,
        valueAt(item, resolvePath(condition.path, names)),
        operand(condition.operand),
      );
  }

  function operand(each: Operand): unknown {
    if (each.kind === 'value') return names.value(each.alias);
    return valueAt(item, resolvePath(each.path, names));
  }
}

/** Whether it looks at one of these attributes. */
export function looksAt(
  condition: Condition,
  attributes: readonly (string | undefined)[],
  names: Names,
): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.some((part) => looksAt(part, attributes, names));
    case 'not':
      return looksAt(condition.part, attributes, names);
    case 'compare':
      return isOf(condition.left) || isOf(condition.right);
    case 'between':
    case 'in':
      return isOf(condition.subject);
    default:
      return isIn(condition.path);
  }

  function isOf(operand: Operand): boolean {
    return operand.kind !== 'value' && isIn(operand.path);
  }

  function isIn(path: Path): boolean {
    return attributes.includes(String(resolvePath(path, names)[0]));
  }
}

function compares(left: unknown, by: Comparator, right: unknown): boolean {
  if (by === '<>') return !(left !== undefined && right !== undefined && equal(left, right));
  if (left === undefined || right === undefined) return false;
  if (by === '=') return equal(left, right);
  const order = compare(left, right);
  if (order === undefined) return false;
  if (by === '<') return order < 0;
  if (by === '<=') return order <= 0;
  return by === '>' ? order > 0 : order >= 0;
}

function applies(kind: 'type' | 'begins' | 'contains', value: unknown, operand: unknown): boolean {
  if (value === undefined || operand === undefined) return false;
  if (kind === 'type') return typeOf(value) === operand;
  if (kind === 'begins')
    return typeof value === 'string' && typeof operand === 'string' && value.startsWith(operand);
  if (typeof value === 'string') return typeof operand === 'string' && value.includes(operand);
  if (value instanceof Set || Array.isArray(value)) return [...value].some((each) => equal(each, operand));
  return false;
}
