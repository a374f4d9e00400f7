import { bounded } from './bounded.ts';
import { down, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** NIF: nine digits, the last a check digit modulo 11. Decreto-Lei 14/2013, article 8; the leading digits that are given to
 * people and firms are the Autoridade Tributária's. */
export const portugal: NationalId = {
  country: 'PT',
  pattern: bounded(
    String.raw`(?:[1235689]\d|45|7[0124578-9])\d{7}|(?:[1235689]\d|45|7[0124578-9])\d[ .]\d{3}[ .]\d{3}`,
  ),
  isValid: (compact) => {
    const check = 11 - (weighted(compact, down(9, 2)) % 11);
    return (check > 9 ? 0 : check) === Number(compact.charAt(8));
  },
  words: /\bnif\b|contribuinte|número fiscal/iu,
  isTelling: () => true,
};
