import * as fc from 'fast-check';

/** The most that a text may have, in bytes. */
export const fullSize = 16_384;

/** What an attacker repeats: what programs count, pair, join, skip or look ahead for. */
const units = [
  ...[')', '()', '.', '*_'],
  ...['\u0301\u0316', '\ufe0f', '\u200d', '\u094d\u200d', '\u202e', '\ud800', '👩\u200d', '1\ufe0f\u20e3'],
  ...['4', '0 ', '4000 0000 0000 0000 ', '٣', 'DE89 3704 0044 0532 0130 00 ', 'card 4'],
  ...['http://', 'https://a.b ', 'a', 'ab ', '/', ' ', '\n', '\u001b]8;;'],
] as const;
const openings = ['', 'https://a.b', 'card ', '/save 1', '"', 'é', '\u0600', 'IBAN '];
const endings = ['', '\u0e33', 'é', 'x', '"', '\n', ')', '\u202c'];

/** A shape that can be made as long as one likes. */
export type Shape = { readonly opening: string; readonly unit: string; readonly ending: string };

const bytesOf = (text: string): number => Buffer.byteLength(text.toWellFormed());

export function textOf({ opening, unit, ending }: Shape, bytes: number): string {
  const count = Math.floor((bytes - bytesOf(opening) - bytesOf(ending)) / bytesOf(unit));
  return `${opening}${unit.repeat(Math.max(1, count))}${ending}`;
}

/** Each unit by itself, behind an address and before what nothing of it matches. */
export const everyUnit: readonly Shape[] = units.map((unit) => ({
  opening: 'https://a.b',
  unit,
  ending: '\u0e33',
}));

export const anyShape: fc.Arbitrary<Shape> = fc.record({
  opening: fc.constantFrom(...openings),
  unit: fc.array(fc.constantFrom(...units), { minLength: 1, maxLength: 3 }).map((some) => some.join('')),
  ending: fc.constantFrom(...endings),
});
