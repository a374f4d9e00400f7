import { bounded } from './bounded.ts';
import { weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** Fødselsnummer, D-number (day 40 later) and H-number (month 40 later, synthetic ones 80): two check digits modulo 11.
 * Folkeregisterforskriften, § 2-2-1. From 2032 on the first of them is laxer: those numbers are missed. */
export const norway: NationalId = {
  country: 'NO',
  pattern: bounded(String.raw`\d{6} ?-?\d{5}|\d{2}\.\d{2}\.\d{2} ?-?\d{5}`),
  isValid: (compact) => {
    const day = Number(compact.slice(0, 2)) % 40;
    const month = Number(compact.slice(2, 4)) % 40;
    return (
      weighted(compact, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
      weighted(compact, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
      isShortDate(compact.slice(4, 6), month, day)
    );
  },
  words: /fødselsn(?:ummer|r)|personnummer|national identity number|\b(?:fnr|d-?nummer|dnr)\b/iu,
  isTelling: () => true,
};
