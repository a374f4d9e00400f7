import type { DigitGroup } from './digit-runs.ts';
import type { Span } from './span.ts';

/** Digits that may be a card's, as one group or as several. */
export type CardCandidate = Span & {
  readonly digits: string;
  readonly groups: number;
  /** With a year or the like that the same separators join to it: that is not what the number goes on with. */
  readonly beside?: Span;
};

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
      .filter(
        (groups) => groups.length > 1 && mixedShapes.has(groups.map(({ digits }) => digits.length).join('-')),
      ),
  );

/** Cuts a run into stretches of equally long groups. */
const stretches = (run: readonly DigitGroup[]): readonly { readonly from: number; readonly to: number }[] => {
  const cuts = run.flatMap((group, index) =>
    index > 0 && run[index - 1]?.digits.length === group.digits.length ? [] : [index],
  );
  return cuts.map((from, index) => ({ from, to: cuts[index + 1] ?? run.length }));
};

const lengths = [14, 15, 16, 19];
/** What people write beside a card: the year, month and year of its end, the security code. */
const besideBefore = /^(?:(?:(?:19|20)\d\d){1,2}|(?:0[1-9]|1[0-2])(?:20)?\d\d)?$/;
const besideAfter = /^(?:(?:19|20)\d\d|(?:0[1-9]|1[0-2])(?:20)?\d\d)?(?:\d{3,4})?$/;
const mostBeside = 10;

const digitsOf = (groups: readonly DigitGroup[]): string => groups.map(({ digits }) => digits).join('');

/** Some groups of equal length out of many. */
type Part = { readonly groups: readonly DigitGroup[]; readonly from: number; readonly to: number };

/**
 * Whether what is left of equal groups before or after a card is more of the same or belongs to it. Five or six fours are a tracking
 * number or an account.
 */
const isBeside = ({ groups, from, to }: Part, size: number, shape: RegExp): boolean =>
  (size === 4 && (to - from) % 4 === 0) ||
  ((to - from) * size <= mostBeside && shape.test(digitsOf(groups.slice(from, to))));

const windows = (groups: readonly DigitGroup[], size: number): readonly CardCandidate[] =>
  groups.flatMap((_, from) =>
    lengths.flatMap((length) => {
      const to = from + length / size;
      const isWhole = length % size === 0 && to <= groups.length && (size < 4 || length === 16);
      if (
        !isWhole ||
        !isBeside({ groups, from: 0, to: from }, size, besideBefore) ||
        !isBeside({ groups, from: to, to: groups.length }, size, besideAfter)
      )
        return [];
      const card = groups.slice(from, to);
      return sameGaps(card) ? [joined(card)] : [];
    }),
  );

const mostGroups = 19;

const even = (run: readonly DigitGroup[]): readonly CardCandidate[] =>
  stretches(run).flatMap(({ from, to }) => {
    const size = run[from]?.digits.length ?? 0;
    if (size > 4) return [];
    const groups = run.slice(from, to);
    return [...(groups.length > mostGroups ? [] : ends(groups, run[to])), ...windows(groups, size)];
  });

/** All of them, or with a shorter last group; a year may stand before the first. */
const ends = (groups: readonly DigitGroup[], last: DigitGroup | undefined): readonly CardCandidate[] => {
  const size = groups[0]?.digits.length ?? 0;
  const whole = size === 4 ? [] : [groups];
  const shorter =
    last === undefined || last.digits.length >= size
      ? []
      : [
          [...groups, last],
          [...groups.slice(1), last],
        ];
  return [...whole, ...shorter].filter((each) => each.length > 1 && sameGaps(each)).map(joined);
};

const joined = (groups: readonly DigitGroup[]): CardCandidate => ({
  start: groups[0]?.start ?? 0,
  end: groups.at(-1)?.end ?? 0,
  digits: digitsOf(groups),
  groups: groups.length,
});

/** The parts of a run that are written as a card number is: in one piece or grouped in a usual way. */
export const cardShaped = (run: readonly DigitGroup[]): readonly CardCandidate[] => {
  const places = new Map(run.map(({ start }, index) => [start, index]));
  const withBeside = (candidate: CardCandidate): CardCandidate => {
    const first = places.get(candidate.start) ?? 0;
    const before = run[first - 1];
    const after = run[first + candidate.groups];
    return {
      ...candidate,
      beside: {
        start: before !== undefined && besideBefore.test(before.digits) ? before.start : candidate.start,
        end: after !== undefined && besideAfter.test(after.digits) ? after.end : candidate.end,
      },
    };
  };
  const pieces = [...run.map((group) => [group]), ...mixed(run).filter(sameGaps)].map(joined);
  return [...pieces, ...even(run)].map(withBeside);
};

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
        candidates.push({ start, end: group.end, digits, groups: last - index + 1 });
    }
    return candidates;
  });
