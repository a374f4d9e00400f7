import { bounded } from './bounded.ts';
import { baseThirtySix, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/** National and resident id: a letter that stands for two digits, eight digits and a check digit modulo 10. Ministry of the
 * Interior; resident numbers look alike since 2 January 2021, older ones have two letters. */
export const taiwan: NationalId = {
  country: 'TW',
  pattern: bounded(String.raw`[A-Z][1289A-D]\d{8}`),
  isValid: (compact) => {
    const area = letters.indexOf(compact.charAt(0)) + 10;
    const second = compact.charAt(1).replace(/[A-D]/, (letter) => String(baseThirtySix(letter) % 10));
    const digits = `${area}${second}${compact.slice(2)}`;
    return weighted(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0;
  },
  words:
    /身[分份][證证]|統一編號|居留證|\b(?:national id|id number|id card|arc number|resident certificate)\b/iu,
  isTelling: () => true,
};
