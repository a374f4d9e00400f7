import { bounded } from './bounded.ts';
import { down, isOneDigit, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** Burgerservicenummer: nine digits, the last counted negatively, divisible by 11 ("elfproef"). Besluit burgerservicenummer, article 1. */
export const netherlands: NationalId = {
  country: 'NL',
  pattern: bounded(String.raw`\d{9}|\d{3}[. -]\d{3}[. -]\d{3}|\d{4}[. ]\d{2}[. ]\d{3}`),
  isValid: (compact) =>
    !isOneDigit(compact) && (weighted(compact, down(9, 2)) - Number(compact.charAt(8))) % 11 === 0,
  words: /\b(?:bsn|burgerservice ?nummer|sofi-?nummer|citizen service number)\b/iu,
  isTelling: () => true,
};
