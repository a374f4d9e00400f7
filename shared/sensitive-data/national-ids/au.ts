import { bounded } from './bounded.ts';
import { isOneDigit, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** Tax file number: nine digits, weighted, divisible by 11. Australian Taxation Office, tax file number algorithm; Taxation
 * Administration Act 1953, part VA. */
export const australia: NationalId = {
  country: 'AU',
  pattern: bounded(String.raw`\d{3}[ -]?\d{3}[ -]?\d{3}`),
  isValid: (compact) => !isOneDigit(compact) && weighted(compact, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  words: /\btfn\b|tax file/iu,
  isTelling: () => true,
};
