import { bounded } from './bounded.ts';
import { baseThirtySix, down, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** Identity card: one or two letters, six digits and a check digit modulo 11 in brackets. Immigration Department. */
export const hongKong: NationalId = {
  country: 'HK',
  pattern: bounded(String.raw`[A-Z]{1,2} ?\d{6} ?(?:\([0-9A]\)|[0-9A])`),
  isValid: (compact) => {
    const [first, second] =
      compact.length === 9
        ? [baseThirtySix(compact.charAt(0)), baseThirtySix(compact.charAt(1))]
        : [36, baseThirtySix(compact.charAt(0))];
    const check = baseThirtySix(compact.slice(-1));
    return (9 * first + 8 * second + weighted(compact.slice(-7, -1), down(7, 2)) + check) % 11 === 0;
  },
  words: /身[分份][證证]|\b(?:hkid|hong kong id\w*|hk id|identity card|id card)\b/iu,
  isTelling: () => true,
};
