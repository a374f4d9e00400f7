import { type Profiler, Session } from 'node:inspector';
import { backtracks, passed } from './regex-steps.ts';

/** Code whose blocks count: ours, and what ours calls that is no part of the runtime. */
const counted =
  /\/(?:client|shared|functions)\/|\/node_modules\/(?:string-width|wrap-ansi|strip-ansi|ansi-regex|get-east-asian-width)\//u;
const uncounted = /\/test\//u;

// V8 counts in what it compiles from here on: import this before what is to be counted.
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

/**
 * How many steps it takes, without a clock: the blocks of our code that V8 has run, and what the built-in functions that it
 * calls have to look at, by the length of their texts and lists. Regular expressions count by the characters that they pass
 * and the times that they go back. What `run` throws is thrown.
 */
export function countedSteps(run: () => unknown): number {
  const native = nativeSteps();
  let inCode = 0;
  blocks();
  try {
    run();
  } finally {
    native.uninstall();
    inCode = blocks();
  }
  return native.steps() + inCode;
}

/** What is counted afterwards in the same process is lost. */
export function stopCounting(): void {
  session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
}

/** The blocks of our code since the last time. A session with one's own thread answers before it returns. */
function blocks(): number {
  let sum = 0;
  session.post('Profiler.takePreciseCoverage', (error, { result }) => {
    if (error !== null) throw error;
    sum = result.reduce((all, script) => all + blocksOf(script), 0);
  });
  return sum;
}

const blocksOf = ({ url, functions }: Profiler.ScriptCoverage): number =>
  counted.test(url) && !uncounted.test(url)
    ? functions.flatMap(({ ranges }) => ranges).reduce((sum, { count }) => sum + count, 0)
    : 0;

type Method = (...parameters: any[]) => any;
type Cost = (subject: any, parameters: any[], result: any) => number;

const length = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : 0;
const ofSubject: Cost = (subject) => length(subject);
const ofResult: Cost = (_subject, _parameters, result) => length(result);
const ofParameter: Cost = (_subject, [first]) => length(first);
const ofBoth: Cost = (subject, _parameters, result) => length(subject) + length(result);

/** Each run of marks is brought into order by insertion: steps that grow with the square of its length. */
const ofNormalization: Cost = (subject: string) => {
  let steps = subject.length;
  for (const { 0: marks } of subject.matchAll(/\p{Mark}+/gu)) steps += marks.length ** 2 / 4;
  return steps;
};

const costs: readonly (readonly [object, Readonly<Record<string | symbol, Cost>>])[] = [
  [
    String.prototype,
    {
      normalize: ofNormalization,
      toWellFormed: ofSubject,
      isWellFormed: ofSubject,
      includes: ofSubject,
      indexOf: ofSubject,
      lastIndexOf: ofSubject,
      startsWith: ofParameter,
      endsWith: ofParameter,
      trim: ofSubject,
      trimStart: ofSubject,
      trimEnd: ofSubject,
      toUpperCase: ofSubject,
      toLowerCase: ofSubject,
      toLocaleUpperCase: ofSubject,
      toLocaleLowerCase: ofSubject,
      slice: ofResult,
      substring: ofResult,
      repeat: ofResult,
      padStart: ofResult,
      padEnd: ofResult,
      split: ofBoth,
      replace: ofBoth,
      replaceAll: ofBoth,
      [Symbol.iterator]: ofSubject,
    },
  ],
  [
    Array.prototype,
    {
      slice: ofResult,
      concat: ofResult,
      splice: ofSubject,
      join: ofBoth,
      includes: ofSubject,
      indexOf: ofSubject,
      reverse: ofSubject,
      sort: ofSubject,
      toSorted: ofSubject,
      shift: ofSubject,
      unshift: ofSubject,
    },
  ],
  [JSON, { parse: ofParameter, stringify: ofResult }],
  [Intl.Segmenter.prototype, { segment: ofParameter }],
  [TextEncoder.prototype, { encode: ofParameter }],
  [URL, { parse: ofParameter, canParse: ofParameter }],
];

/** Puts counters in front of the built-in functions, until they are taken away. */
function nativeSteps(): { steps(): number; uninstall(): void } {
  let steps = 0;
  let inside = false;
  const undo: (() => void)[] = [];

  function charge(amount: () => number): void {
    // What the counting itself calls costs nothing.
    if (inside) return;
    inside = true;
    try {
      steps += 1 + amount();
    } finally {
      inside = false;
    }
  }

  function replace(owner: object, name: string | symbol, method: Method): void {
    const before = Object.getOwnPropertyDescriptor(owner, name)!;
    Object.defineProperty(owner, name, { ...before, value: method });
    undo.push(() => Object.defineProperty(owner, name, before));
  }

  for (const [owner, methods] of costs) {
    for (const name of Reflect.ownKeys(methods)) {
      const original: Method = Reflect.get(owner, name);
      const cost: Cost = Reflect.get(methods, name);
      replace(owner, name, function counting(this: unknown, ...parameters: unknown[]) {
        const result = Reflect.apply(original, this, parameters);
        charge(() =>
          cost(typeof this === 'object' && this instanceof String ? String(this) : this, parameters, result),
        );
        return result;
      });
    }
  }
  // Every method that takes a regular expression asks its `exec`, once that is no longer the built-in one.
  const exec = RegExp.prototype.exec;
  replace(RegExp.prototype, 'exec', function counting(this: RegExp, text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    if (inside) return Reflect.apply(exec, this, [text]);
    // Before it is run for good: of what would take ages the limit is reached first.
    charge(() => backtracks(exec, this, String(text)));
    const match = Reflect.apply(exec, this, [text]);
    charge(() => passed(this, String(text), from, match));
    return match;
  });

  return {
    steps: () => steps,
    uninstall() {
      for (const each of undo.reverse()) each();
    },
  };
}
