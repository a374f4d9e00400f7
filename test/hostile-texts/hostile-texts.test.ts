import * as fc from 'fast-check';
import { countedSteps, stopCounting } from '../support/step-counter.ts';
import { fasterThanText } from './growth.ts';
import { subjects } from './subjects.ts';
import { anyShape, everyUnit, fullSize, type Shape, textOf } from './texts.ts';

afterAll(stopCounting);

/** What few steps are enough for, nobody has to look at closer. */
const fewStepsAByte = 100;
/** Most of it is the list of all emoji, which the library that measures texts goes through for each character. */
const mostStepsAByte = 20_000;

function isLinear(subject: (text: string) => unknown, shape: Shape): void {
  const stepsOf = (bytes: number) => countedSteps(() => subject(textOf(shape, bytes)));
  const whole = stepsOf(fullSize);
  if (whole <= fullSize * fewStepsAByte) return;
  const faster = fasterThanText(stepsOf, fullSize, whole);
  if (whole > fullSize * mostStepsAByte || faster !== undefined)
    throw new Error(`${whole} steps, ${JSON.stringify(faster)}: ${JSON.stringify(shape)}`);
}

test('the counter sees what grows with the square: in code, in what code calls, in expressions that go back', () => {
  const squares: Readonly<Record<string, (text: string) => unknown>> = {
    called: (text) => [...text].map((_, index) => text.slice(index)),
    expression: (text) => /a+$/u.test(`${text}b`),
    marks: (text) => text.replaceAll('a', '\u0301').normalize('NFC'),
  };
  for (const [name, square] of Object.entries(squares))
    expect(() => isLinear(square, { opening: name, unit: 'a', ending: '' })).toThrow(/steps|goes back/);
  isLinear((text) => text.split('a').map((part) => part.length), { opening: '', unit: 'a', ending: '' });
});

describe.each(Object.entries(subjects))('%s', (_name, subject) => {
  test('takes steps in proportion to the text and throws at nothing, whatever is repeated', () => {
    for (const shape of everyUnit) isLinear(subject, shape);
  });

  test('nor at mixtures', async () => {
    await fc.assert(
      fc.property(anyShape, (shape) => isLinear(subject, shape)),
      { numRuns: 4 },
    );
  });
});
