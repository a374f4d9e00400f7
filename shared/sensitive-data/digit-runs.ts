import type { Span } from './span.ts';

export type DigitGroup = Span & {
  readonly digits: string;
  /** What stands between this group and the one before it in the run. */
  readonly gap: string;
};

const gapShape =
  /^[\s\p{Dash_Punctuation}\u2212\u30FC\u2800._,;·•|/~*()[\]'"\p{Extended_Pictographic}]{1,3}$/u;
const longestGap = 6;

/** Groups of digits that only separators hold apart, as people break up a long number. */
export const digitRuns = (text: string): readonly (readonly DigitGroup[])[] => {
  const runs: DigitGroup[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const match of text.matchAll(/[0-9]+/g)) {
    const gap = match.index - end <= longestGap ? text.slice(end, match.index) : '';
    const group = { start: match.index, end: match.index + match[0].length, digits: match[0], gap };
    const run = gapShape.test(gap) ? runs.at(-1) : undefined;
    if (run === undefined) runs.push([{ ...group, gap: '' }]);
    else run.push(group);
    end = group.end;
  }
  return runs;
};
