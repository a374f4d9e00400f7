import { bounded } from './bounded.ts';
import { weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** NRIC and FIN: a letter, seven digits and a check letter modulo 11. The Immigration and Checkpoints Authority publishes no
 * rule; this is the one by which its numbers have been checked since 2000, with the M series of 2022. */
export const singapore: NationalId = {
  country: 'SG',
  pattern: bounded(String.raw`[STFGM]\d{7}[A-Z]`),
  isValid: (compact) => {
    const first = compact.charAt(0);
    const more = first === 'T' || first === 'G' ? 4 : first === 'M' ? 3 : 0;
    const rest = (weighted(compact.slice(1), [2, 7, 6, 5, 4, 3, 2]) + more) % 11;
    const letters = { S: 'JZIHGFEDCBA', T: 'JZIHGFEDCBA', M: 'XWUTRQPNJLK' }[first] ?? 'XWUTRQPNMLK';
    return letters.charAt(rest) === compact.charAt(8);
  },
  words: /\b(?:nric|singapore id|ic (?:no|number)|identity card)\b|\bFIN\b/iu,
  isTelling: () => true,
};
