import type { Condition } from './expressions/condition.ts';
import type { Names } from './expressions/names.ts';
import { type Path, resolvePath } from './expressions/path.ts';
import type { KeySchema } from './key.ts';
import { compareRanges } from './key.ts';
import { invalid } from './refusals.ts';
import { firstWhere, type Row } from './sorted-rows.ts';

/** The partition, and the part of it, that a key condition asks for. */
export type KeyRange = {
  readonly hash: unknown;
  readonly begin: Bound | undefined;
  readonly end: Bound | undefined;
};

type Bound = { readonly value: unknown; readonly inclusive: boolean };

export function keyRange(condition: Condition, schema: KeySchema, names: Names): KeyRange {
  const parts = condition.kind === 'and' ? condition.parts : [condition];
  const ofHash = parts.filter((part) => attributeOf(part, names) === schema.hash);
  const ofRange = parts.filter((part) => !ofHash.includes(part));
  const [hash] = ofHash;
  if (ofHash.length !== 1 || hash?.kind !== 'compare' || hash.by !== '=')
    throw invalid('a query asks for one partition');
  const whole: KeyRange = { hash: givenValue(hash.right, names), begin: undefined, end: undefined };
  const [range] = ofRange;
  if (range === undefined) return whole;
  if (ofRange.length > 1 || attributeOf(range, names) !== schema.range)
    throw invalid('a key condition says one thing of the sort key');
  return { ...whole, ...bounds(range, names) };
}

function bounds(part: Condition, names: Names): Partial<KeyRange> {
  if (part.kind === 'between') {
    const [from, to] = [givenValue(part.from, names), givenValue(part.to, names)];
    if (compareRanges(from, to) > 0) throw invalid('BETWEEN goes upwards');
    return { begin: { value: from, inclusive: true }, end: { value: to, inclusive: true } };
  }
  if (part.kind === 'begins') {
    const value = String(givenValue(part.operand, names));
    // No text of ours has this character, which sorts behind all that may follow the prefix.
    return { begin: { value, inclusive: true }, end: { value: `${value}\uffff`, inclusive: true } };
  }
  if (part.kind !== 'compare' || part.by === '<>') throw invalid('not for a sort key');
  const value = givenValue(part.right, names);
  const inclusive = part.by !== '<' && part.by !== '>';
  return {
    ...(part.by !== '<' && part.by !== '<=' && { begin: { value, inclusive } }),
    ...(part.by !== '>' && part.by !== '>=' && { end: { value, inclusive } }),
  };
}

type Operand = { readonly kind: string; readonly path?: Path; readonly alias?: string };

function attributeOf(part: Condition, names: Names): string | undefined {
  if (part.kind === 'compare') return nameOf(part.left, names);
  if (part.kind === 'between') return nameOf(part.subject, names);
  return part.kind === 'begins' ? String(resolvePath(part.path, names)[0]) : undefined;
}

function nameOf({ kind, path = [] }: Operand, names: Names): string {
  if (kind !== 'path' || path.length !== 1) throw invalid('a key condition names a key');
  return String(resolvePath(path, names)[0]);
}

function givenValue({ kind, alias = '' }: Operand, names: Names): unknown {
  if (kind !== 'value') throw invalid('a key condition compares with a value');
  return names.value(alias);
}

/** The rows of a partition that lie within, ascending. */
export function within(rows: readonly Row[], { begin, end }: KeyRange): readonly Row[] {
  const from =
    begin === undefined
      ? 0
      : firstWhere(rows, ({ range }) => compareRanges(range, begin.value) >= (begin.inclusive ? 0 : 1e-9));
  const to =
    end === undefined
      ? rows.length
      : firstWhere(rows, ({ range }) => compareRanges(range, end.value) >= (end.inclusive ? 1e-9 : 0));
  return rows.slice(from, to);
}
