import { fasterThanText } from './growth.ts';

const size = 16_384;
const inProportion = (bytes: number) => 118 * bytes;

/** At the full size the square is that part of all. */
const withSquare = (part: number) => (bytes: number) =>
  118 * bytes * (1 - part) + ((118 * part) / size) * bytes ** 2;

/** So many steps are missed by the counts of these numbers. */
function missing(stepsOf: (bytes: number) => number, missed: number, when: (count: number) => boolean) {
  let count = 0;
  return (bytes: number) => {
    count += 1;
    return stepsOf(bytes) - (when(count) ? missed : 0);
  };
}
const always = () => true;

test.each([
  ['what is in proportion', inProportion],
  ['with something for every text', (bytes: number) => 118 * bytes + 44_000],
  ['of which V8 never counts the beginning', missing(inProportion, 64_000, always)],
])('%s is no growth', (_name, stepsOf) => {
  expect(fasterThanText(stepsOf, size)).toBeUndefined();
});

test.each(Array.from({ length: 14 }, (_, index) => index + 1))(
  'nor is it that V8 misses some of count %d, and of the second, by which it seems to grow',
  (number) => {
    const stepsOf = missing(inProportion, 64_000, (count) => count === 2 || count === number);
    expect(fasterThanText(stepsOf, size)).toBeUndefined();
  },
);

test.each([1, 0.5, 1 / 8])('a square that is %d of it is growth, whatever is missed', (part) => {
  expect(fasterThanText(withSquare(part), size)).toBeDefined();
  for (const when of [always, (count: number) => count % 3 === 0])
    expect(fasterThanText(missing(withSquare(part), 10_000 * (1 - part), when), size)).toBeDefined();
});
