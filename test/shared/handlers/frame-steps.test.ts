/** @jest-environment-options {"ownPackages": true} */

import { countedSteps } from '../../support/counted-steps.ts';
import { actionNames, answeringFrames } from '../../support/hostile/answering-frames.ts';
import { changedAt, fromValue, literal, placesIn, textOf } from '../../support/hostile/json-text.ts';
import { validFrames } from '../../support/hostile/valid-frames.ts';

const { answerTo } = answeringFrames();
const frames = validFrames({ conversationId: 'd-1', mediaId: 'm-1', userId: 'bob' });

const size = 32_768;
const whole = (unit: string) => unit.repeat(Math.floor((size - 300) / Buffer.byteLength(unit)));
const list = (unit: string) => `[${whole(`${unit},`)}${unit}]`;
const map = (unit: string) => {
  const length = Math.floor((size - 300) / (unit.length + 10));
  return `{${Array.from({ length }, (_, index) => `"k${String(index).padStart(5, '0')}":${unit}`).join(',')}}`;
};

/** As large as a frame can be, of one thing each. */
const heavy: readonly string[] = [
  ...['1', '0', '"', '\\u0000', '\\ud800', '{}', ' '].map(
    (unit) => `"${whole(unit === '"' ? '\\"' : unit)}"`,
  ),
  ...['1', '[]', '{}', 'null', '"a"', '""', '"\\u0000"', '1e400', '[[[[]]]]'].map(list),
  ...['1', '-1', 'null', '{}', '"a"'].map(map),
  `${'['.repeat(16_000)}${']'.repeat(16_000)}`,
  `${'{"a":'.repeat(5_000)}0${'}'.repeat(5_000)}`,
  `"${'\u0301'.repeat(8_000)}"`,
  `"${'👩‍'.repeat(2_000)}"`,
  `"${'a\\n'.repeat(2_700)}"`,
  `"https://a.example/${'/'.repeat(8_000)}"`,
  whole('1'),
];

/** Of the largest frames of every kind together: a list of lists costs most, under two steps a byte. */
const stepsPerByte = 4;

test.each(actionNames)(
  '%s: a byte of a frame costs a bounded number of steps, whatever it is',
  async (name) => {
    for (const frame of frames[name].map(fromValue))
      for (const place of placesIn(frame)) {
        const bodies = heavy.map((value) => textOf(changedAt(frame, place, () => literal(value))));
        const steps = await countedSteps(async () => {
          for (const body of bodies) await answerTo(name, body);
        });
        expect(steps).toBeGreaterThan(bodies.length);
        expect(steps).toBeLessThan(stepsPerByte * Buffer.byteLength(bodies.join('')));
      }
  },
);
