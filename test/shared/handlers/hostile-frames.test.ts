import fc from 'fast-check';
import * as z from 'zod';
import { errors } from '../../../shared/protocol/errors.ts';
import type { Action } from '../../../shared/protocol/table.ts';
import { actionNames, answeringFrames } from '../../support/hostile/answering-frames.ts';
import { canary, hostileFrames, noFrames } from '../../support/hostile/hostile-frames.ts';
import {
  changedAt,
  fromValue,
  type Json,
  placesIn,
  string,
  textOf,
} from '../../support/hostile/json-text.ts';
import { validFrames } from '../../support/hostile/valid-frames.ts';

const { answerTo, accepted, lines } = answeringFrames();
const frames = validFrames({ conversationId: 'd-1', mediaId: 'm-1', userId: 'bob' });
const names = actionNames;

/** As the protocol says it, read once more: a JSON object's own `id`, if it is one. */
function idIn(body: string): string | null {
  try {
    const { id = null } = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
    return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

const refusal = (id: string | null) =>
  JSON.stringify({ type: 'error', id, error: { code: 'INVALID_FRAME', ...errors.INVALID_FRAME } });

const prototypes = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const ownNames = () => JSON.stringify(prototypes.map((each) => Object.getOwnPropertyNames(each)));

/** Every text, number and key in it. */
const leaves = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => [name, ...leaves(each)])
    : [value];

/** An app's own content may have any number. */
const withoutData = (frame: unknown): unknown =>
  JSON.parse(
    JSON.stringify(frame, (_key, value) => (value?.type === 'custom' ? { ...value, data: null } : value)),
  );

beforeEach(() => {
  lines.length = 0;
  accepted.length = 0;
});

test.each(names)('%s: the valid frames are taken', async (name) => {
  for (const frame of frames[name])
    expect(JSON.parse(await answerTo(name, JSON.stringify(frame)))).toEqual({ type: 'ack', id: 'f-1' });
});

test.each(names)('%s: whatever comes is taken, or refused in fixed words and by its id', async (name) => {
  const before = ownNames();
  await fc.assert(
    fc.asyncProperty(
      fc.oneof({ weight: 5, arbitrary: hostileFrames(frames[name]) }, noFrames),
      async (body) => {
        const answer = await answerTo(name, body);
        const id = idIn(body);
        const ack = JSON.stringify({ type: 'ack', id });
        expect([refusal(id), id === null ? refusal(id) : ack]).toContain(answer);
      },
    ),
    { numRuns: 400 },
  );
  expect(ownNames()).toBe(before);
  expect(lines.join('')).not.toContain(canary);
  for (const leaf of leaves(accepted)) if (typeof leaf === 'string') expect(leaf.isWellFormed()).toBe(true);
  for (const leaf of leaves(accepted.map(withoutData)))
    if (typeof leaf === 'number') expect(Number.isSafeInteger(leaf)).toBe(true);
});

/** By which keys a place is come to. */
const keysTo = (value: unknown, [first, ...rest]: readonly number[]): readonly string[] => {
  const [key, inner] = Object.entries(value ?? {})[first ?? -1] ?? [];
  return key === undefined ? [] : [key, ...keysTo(inner, rest)];
};

/** Maps from anybody's ids, and the data of an app's own content: every other object has the keys that it may have. */
const isMap = (name: Action, frame: object, place: readonly number[]) =>
  (name === 'hello' && place.length === 1) || keysTo(frame, place)[1] === 'data';

test.each(names)('%s: a key that the protocol has not is refused, wherever it stands', async (name) => {
  for (const valid of frames[name]) {
    const frame = fromValue(valid);
    for (const place of placesIn(frame))
      for (const key of ['extra', '__proto__', 'constructor', 'toString', '']) {
        const added = (at: Json): Json =>
          at.kind === 'object' ? { ...at, entries: [...at.entries, [key, string(canary)]] } : at;
        const body = textOf(changedAt(frame, place, added));
        if (body === textOf(frame) || isMap(name, valid, place)) continue;
        expect([body, await answerTo(name, body)]).toEqual([body, refusal('f-1')]);
      }
  }
});

const isText = (at: Json): boolean => at.kind === 'text' && at.text.startsWith('"');

test.each(names)('%s: no text with half a character in it is taken, wherever it stands', async (name) => {
  for (const frame of frames[name].map(fromValue))
    for (const place of placesIn(frame)) {
      const body = textOf(changedAt(frame, place, (at) => (isText(at) ? string('KR\ud800') : at)));
      if (body === textOf(frame)) continue;
      expect([body, await answerTo(name, body)]).toEqual([body, refusal(idIn(body))]);
    }
});
