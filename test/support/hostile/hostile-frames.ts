import fc from 'fast-check';
import { changedAt, fromValue, type Json, literal, placesIn, string, textOf } from './json-text.ts';

/** Stands in every hostile value that is a text, to be looked for where it must not be. */
export const canary = 'canary-7e57';

const nested = (depth: number, open: string, close: string) =>
  literal(`${open.repeat(depth)}0${close.repeat(depth)}`);

const names = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'then',
    'toJSON',
    '',
  ),
  fc.constantFrom('id', 'action', 'conversationId', canary, '\0', '\ud800', '__proto__\0', '#', '$ref'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const texts = fc.oneof(
  fc.constantFrom('', '\0', '\ud83d', 'a\udc00', '\u202e', '\u200b', '\ufeff', '#', '../../etc', '𝒳', 'null'),
  fc.constantFrom('%{jndi:x}', "' OR 1=1 --", '<script>', '{{7*7}}', '\r\nx: y', '%00', 'true', '0', '1e3'),
  fc.constantFrom(1, 60, 8_000, 30_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom('\u0000', '\u0301', '👩‍👩‍👧', '"', '\\').map((unit) => unit.repeat(500)),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const numbers = fc.constantFrom(
  ...['0', '-0', '-1', '0.5', '1e400', '-1e400', '1e-400', '9007199254740992', '9007199254740993', '1e21'],
  ...['1'.repeat(400), '0.1e1', '253402300800', '2147483648', '4294967297', '18446744073709551616'],
);

/** Anything that JSON can say, and small of its kind or as large as a frame takes. */
const values: fc.Arbitrary<Json> = fc.oneof(
  fc
    .constantFrom('null', 'true', 'false', '[]', '{}', '[[]]', '[null]', '{"__proto__":{"x":1}}')
    .map(literal),
  numbers.map(literal),
  texts.map((text) => string(text)),
  texts.map((text) => string(`${canary}${text}`)),
  fc.constantFrom(2, 100, 7_000).map((depth) => nested(depth, '[', ']')),
  fc.constantFrom(2, 100, 4_000).map((depth) => nested(depth, '{"a":', '}')),
  fc.constantFrom(3, 100, 7_500).map((length) => literal(`[${Array(length).fill('"a"').join(',')}]`)),
  fc.constantFrom(3, 100, 10_000).map((length) => literal(`[${Array(length).fill('{}').join(',')}]`)),
  fc
    .constantFrom(3, 100, 3_000)
    .map((length) => literal(`{${Array.from({ length }, (_, index) => `"k${index}":0`).join(',')}}`)),
  fc.json({ maxDepth: 4 }).map(literal),
);

/** One change of a frame at one of its places. */
const changes: fc.Arbitrary<(at: Json) => Json> = fc.oneof(
  values.map((value) => () => value),
  fc.tuple(names, values).map(
    ([name, value]) =>
      (at: Json) =>
        at.kind === 'object' ? withEntry(at, name, value) : value,
  ),
  fc.nat().map((choice) => (at: Json) => (at.kind === 'object' ? withoutEntry(at, choice) : literal('null'))),
  fc.tuple(fc.nat(), values).map(
    ([choice, value]) =>
      (at: Json) =>
        at.kind === 'object' ? doubled(at, choice, value) : at,
  ),
  fc.constantFrom(1, 3, 3_000).map((depth) => (at: Json) => {
    const wrapped = `${'['.repeat(depth)}${textOf(at)}${']'.repeat(depth)}`;
    return literal(wrapped);
  }),
);

type ObjectText = Extract<Json, { kind: 'object' }>;

const withEntry = (at: ObjectText, name: string, value: Json): Json => ({
  ...at,
  entries: [...at.entries, [name, value]],
});

const withoutEntry = (at: ObjectText, choice: number): Json => ({
  ...at,
  entries: at.entries.filter((_, index) => index !== choice % at.entries.length),
});

/** The same key twice: the last one counts. */
const doubled = (at: ObjectText, choice: number, value: Json): Json => {
  const entry = at.entries[choice % Math.max(1, at.entries.length)];
  return entry === undefined ? at : withEntry(at, entry[0], value);
};

/** A valid frame with one to three changes, none of which makes it larger than the gateway takes. */
export function hostileFrames(valid: readonly object[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(), changes), { minLength: 1, maxLength: 3 }))
    .map(([frame, steps]) => textOf(steps.reduce(changed, fromValue(frame))))
    .filter((text) => Buffer.byteLength(text) <= 32_768);
}

function changed(json: Json, [choice, change]: readonly [number, (at: Json) => Json]): Json {
  const places = placesIn(json);
  return changedAt(json, places[choice % places.length] ?? [], change);
}

/** What is no frame at all. */
export const noFrames: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.json(),
  fc.constantFrom(
    '',
    ' ',
    '{',
    '[',
    '"',
    '\ufeff{}',
    '{"action":"ping","id":"a"}}',
    'NaN',
    "{'a':1}",
    '[1,]',
  ),
  fc.constantFrom('[', '{"a":', '"\\u', '{"id":"a","x":[').map((unit) => unit.repeat(32_768 / unit.length)),
  values.map(textOf).filter((text) => Buffer.byteLength(text) <= 32_768),
);
