import { isCalendarDate } from '../calendar-date.ts';
import { bounded } from './bounded.ts';
import { weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

const centuries = [1900, 2000, 2100, 2200, 1800];

/** PESEL: birth date with the century in the month, serial and check digit. Ustawa o ewidencji ludności of 24 September 2010, article 15. */
export const poland: NationalId = {
  country: 'PL',
  pattern: bounded(String.raw`\d{11}|\d{6}[ -]\d{5}`),
  isValid: (compact) => {
    const month = Number(compact.slice(2, 4));
    const sum = weighted(compact, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    return (
      sum % 10 === 0 &&
      isCalendarDate(
        (centuries[Math.floor(month / 20)] ?? 0) + Number(compact.slice(0, 2)),
        month % 20,
        Number(compact.slice(4, 6)),
      )
    );
  },
  words: /\bpesel\w*/iu,
  isTelling: () => true,
};
