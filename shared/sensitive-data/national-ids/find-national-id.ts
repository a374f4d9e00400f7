import { isNear } from '../span.ts';
import { nationalIds } from './all.ts';

/** Whether the plain text holds a national id that a word beside it, or the operator's list of countries, vouches for. */
export const hasNationalId = (text: string, countries: readonly string[]): boolean =>
  nationalIds.some(({ country, pattern, isValid, words, isTelling }) => {
    const named = countries.includes(country);
    if (!named && !words.test(text)) return false;
    return [...text.matchAll(pattern)].some((match) => {
      const written = match[0];
      const span = { start: match.index, end: match.index + written.length };
      const vouched = (named && isTelling(written)) || isNear(text, span, words);
      return vouched && isValid(written.replace(/[^A-Za-z0-9]/g, '').toUpperCase());
    });
  });
