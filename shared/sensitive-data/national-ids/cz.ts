import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** Rodné číslo: birth date, month 50 later for women and 20 later where a day had no more numbers, divisible by 11; nine digits
 * without a check up to 1953. Zákon 133/2000 Sb., § 13. */
export const czechia: NationalId = {
  country: 'CZ',
  pattern: bounded(String.raw`\d{6} ?/ ?\d{3,4}|\d{10}`),
  isValid: (compact) => {
    const year = compact.slice(0, 2);
    const late = compact.length === 10 && Number(year) < 54;
    const month = Number(compact.slice(2, 4)) % 50;
    const isDay = isShortDate(year, late && month > 20 ? month - 20 : month, Number(compact.slice(4, 6)));
    if (compact.length === 9) return isDay && Number(year) < 54;
    const before1986 = Number(year) >= 54 && Number(year) < 86;
    const rest = Number(compact.slice(0, 9)) % 11;
    return isDay && (Number(compact) % 11 === 0 || (before1986 && rest === 10 && compact.endsWith('0')));
  },
  words: /rodn[ée]\s?[čc][íi]slo|\br\. ?č\.|\brč\b|\bbirth number\b/iu,
  isTelling: () => true,
};
