import type { DigitGroup } from './digit-runs.ts';
import type { Span } from './span.ts';

/** Digits that may be a card's, as one group or as several. */
export type CardCandidate = Span & { readonly digits: string; readonly grouped: boolean };

/** How cards are written besides in fours: American Express, Diners Club, and the usual halves. */
const mixedShapes = new Set([
  '4-6-5',
  '4-6-4',
  '6-10',
  '6-13',
  '8-8',
  '4-4-8',
  '4-8-4',
  '8-4-4',
  '12-4',
  '4-12',
]);
const longestShape = 3;

/** One separator all through: two phone numbers side by side have another one between them. */
const sameGaps = (groups: readonly DigitGroup[]): boolean =>
  new Set(groups.slice(1).map(({ gap }) => gap)).size <= 1;

const mixed = (run: readonly DigitGroup[]): readonly (readonly DigitGroup[])[] =>
  run.flatMap((_, start) =>
    [2, longestShape]
      .map((size) => run.slice(start, start + size))
      .filter((groups) => mixedShapes.has(groups.map(({ digits }) => digits.length).join('-'))),
  );

/** Cuts a run into stretches of equally long groups. */
const stretches = (run: readonly DigitGroup[]): readonly { readonly from: number; readonly to: number }[] => {
  const cuts = run.flatMap((group, index) =>
    index > 0 && run[index - 1]?.digits.length === group.digits.length ? [] : [index],
  );
  return cuts.map((from, index) => ({ from, to: cuts[index + 1] ?? run.length }));
};

const inFours = (groups: readonly DigitGroup[]): readonly (readonly DigitGroup[])[] =>
  // Five or six fours are a tracking number or an account: only whole cards in a row are cards.
  groups.length % 4 === 0
    ? groups.flatMap((_, index) => (index % 4 === 0 ? [groups.slice(index, index + 4)] : []))
    : [];

const even = (run: readonly DigitGroup[]): readonly (readonly DigitGroup[])[] =>
  stretches(run).flatMap(({ from, to }) => {
    const size = run[from]?.digits.length ?? 0;
    if (size > 4) return [];
    const groups = run.slice(from, to);
    const last = run[to];
    const shorterLast = last !== undefined && last.digits.length < size ? [[...groups, last]] : [];
    const whole = size === 4 ? inFours(groups) : [groups];
    return to - from > 19 ? whole : [...whole, ...shorterLast];
  });

const joined = (groups: readonly DigitGroup[]): CardCandidate => ({
  start: groups[0]?.start ?? 0,
  end: groups.at(-1)?.end ?? 0,
  digits: groups.map(({ digits }) => digits).join(''),
  grouped: groups.length > 1,
});

/** The parts of a run that are written as a card number is: in one piece or grouped in a usual way. */
export const cardShaped = (run: readonly DigitGroup[]): readonly CardCandidate[] => [
  ...run.map((group) => joined([group])),
  ...[...mixed(run), ...even(run)].filter((groups) => groups.length > 1 && sameGaps(groups)).map(joined),
];

const fewestDigits = 12;
const mostDigits = 19;

/** Every part of a run that begins and ends with a group: only for texts that speak of a card. */
export const anyShape = (run: readonly DigitGroup[]): readonly CardCandidate[] =>
  run.flatMap(({ start }, index) => {
    const candidates: CardCandidate[] = [];
    let digits = '';
    for (let last = index; last < run.length; last += 1) {
      const group = run[last];
      digits += group?.digits ?? '';
      if (group === undefined || digits.length > mostDigits) break;
      if (digits.length >= fewestDigits)
        candidates.push({ start, end: group.end, digits, grouped: last > index });
    }
    return candidates;
  });
