import { bounded } from './bounded.ts';
import { weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** CNP: sex and century, birth date, county, serial and check digit; the county is 70 in numbers given since 8 May 2024. Legea
 * 105/1996, annex 3; Hotărârea 295/2021. */
export const romania: NationalId = {
  country: 'RO',
  pattern: bounded(String.raw`[1-9]\d{12}`),
  isValid: (compact) => {
    const county = Number(compact.slice(7, 9));
    const check = weighted(compact, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    return (
      (check === 10 ? 1 : check) === Number(compact.charAt(12)) &&
      ((county >= 1 && county <= 48) || county === 51 || county === 52 || county === 70) &&
      isShortDate(compact.slice(1, 3), Number(compact.slice(3, 5)), Number(compact.slice(5, 7)))
    );
  },
  words: /\bcnp\b|cod(?:ul)? numeric personal/iu,
  isTelling: () => true,
};
