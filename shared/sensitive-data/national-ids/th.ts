import { bounded } from './bounded.ts';
import { down, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** Person number: twelve digits and a check digit modulo 11. Department of Provincial Administration. */
export const thailand: NationalId = {
  country: 'TH',
  pattern: bounded(String.raw`[1-8]\d{12}|[1-8][ -]\d{4}[ -]\d{5}[ -]\d{2}[ -]\d`),
  isValid: (compact) => (11 - (weighted(compact, down(13, 2)) % 11)) % 10 === Number(compact.charAt(12)),
  words: /บัตรประชาชน|เลขประจ\p{M}?\p{L}ตัว|\b(?:thai id|national id|citizen id|id card)\b/iu,
  isTelling: () => true,
};
