import { fasterThanText } from './growth.ts';

const size = 16_384;
const look = (stepsOf: (bytes: number) => number) => fasterThanText(stepsOf, stepsOf(size), size);

test.each([
  ['what is in proportion', (bytes: number) => 118 * bytes],
  ['with something for every text', (bytes: number) => 118 * bytes + 44_000],
  ['of which V8 has not counted the beginning', (bytes: number) => 118 * bytes - 64_000],
])('%s is no growth', (_name, stepsOf) => {
  expect(look(stepsOf)).toBeUndefined();
});

/** At the full size the square is that part of all. */
const withSquare = (part: number) => (bytes: number) =>
  118 * bytes * (1 - part) + ((118 * part) / size) * bytes ** 2;

test.each([1, 0.5, 1 / 8])('a square that is %d of it is', (part) => {
  expect(look(withSquare(part))).toBeDefined();
  expect(look((bytes) => withSquare(part)(bytes) - 64_000 * (1 - part))).toBeDefined();
});
