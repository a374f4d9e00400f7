import { setFlagsFromString } from 'node:v8';

type Exec = (this: RegExp, text: string) => RegExpExecArray | null;

/** V8's own limit of how often a regular expression may go back before it gives up; made for tests. */
let withLimit: ((source: string, flags: string, limit: number) => RegExp) | undefined;

/** An expression that gives up after so many steps back, and for which texts V8 has compiled it. */
type Limited = { readonly expression: RegExp; readonly compiledFor: Set<boolean> };
type Limits = Map<number, Limited>;

const byObject = new WeakMap<RegExp, Limits>();
/** A literal is a new object each time that it is come by. */
const bySource = new Map<string, Limits>();

function limitsOf(expression: RegExp): Limits {
  const key = `${expression.flags} ${expression.source}`;
  const limits: Limits = byObject.get(expression) ?? bySource.get(key) ?? new Map();
  byObject.set(expression, limits);
  bySource.set(key, limits);
  return limits;
}

/** Matches where the expression does not, so that giving up (no match at all) is told from not matching. */
const orElse = ({ source, sticky }: RegExp): string =>
  `(?:${source})|(?<insteadOfIt>${sticky ? '' : '(?![^])'})`;

function limited(limits: Limits, expression: RegExp, limit: number): Limited {
  const before = limits.get(limit);
  if (before !== undefined) return before;
  if (withLimit === undefined) {
    // The syntax is V8's, and known only after its flag is set.
    setFlagsFromString('--allow-natives-syntax');
    withLimit = new Function(
      'source',
      'flags',
      'limit',
      'return %NewRegExpWithBacktrackLimit(source, flags, limit)',
    ) as NonNullable<typeof withLimit>;
  }
  const made = {
    expression: withLimit(orElse(expression), expression.flags, limit),
    compiledFor: new Set<boolean>(),
  };
  limits.set(limit, made);
  return made;
}

const leastLimit = 4;
/** Far more than is right for any text of a message; whoever needs more is not waited for. */
const mostLimit = 2 ** 24;
/** Texts that come again and again, such as each character of a longer one. */
const short = 64;
const known = new Map<Limits, Map<string, number>>();

/** How often one execution goes back, to an eighth exactly. `exec` is the built-in one. */
export function backtracks(exec: Exec, expression: RegExp, text: string): number {
  const limits = byObject.get(expression) ?? limitsOf(expression);
  if (text.length > short) return search(exec, limits, expression, text);
  const results = known.get(limits) ?? new Map<string, number>();
  known.set(limits, results);
  const key = `${expression.lastIndex} ${text}`;
  const steps = results.get(key) ?? search(exec, limits, expression, text);
  results.set(key, steps);
  return steps;
}

function search(exec: Exec, limits: Limits, expression: RegExp, text: string): number {
  const { lastIndex } = expression;
  const suffices = (limit: number): boolean => {
    const candidate = limited(limits, expression, limit);
    const attempt = () => {
      candidate.expression.lastIndex = lastIndex;
      return Reflect.apply(exec, candidate.expression, [text]) !== null;
    };
    // V8 keeps one form for texts of one byte a character and one for others; the last character decides here.
    const wide = text.charCodeAt(text.length - 1) > 0xff;
    if (!candidate.compiledFor.has(wide)) {
      candidate.compiledFor.add(wide);
      // It is compiled when it is first run, and once more when it is run again. Optimized, a greedy loop goes back without
      // that being counted; the subjects' own expressions stay as they are.
      setFlagsFromString('--no-regexp-optimization');
      attempt();
      attempt();
      setFlagsFromString('--regexp-optimization');
    }
    return attempt();
  };
  let limit = leastLimit;
  while (!suffices(limit)) {
    if (limit >= mostLimit) throw new Error(`goes back more than ${limit} times: ${expression}`);
    limit *= 2;
  }
  if (limit === leastLimit) return limit;
  // Between half of it and it.
  let enough = limit;
  for (let step = limit / 4; step >= limit / 16; step /= 2)
    if (suffices(Math.ceil(enough - step))) enough -= step;
  return Math.ceil(enough);
}

/** How many characters an execution that began at `from` has passed. */
export const passed = (
  { sticky }: RegExp,
  text: string,
  from: number,
  match: RegExpExecArray | null,
): number =>
  match === null ? (sticky ? 0 : Math.max(0, text.length - from)) : match.index + match[0].length - from;
