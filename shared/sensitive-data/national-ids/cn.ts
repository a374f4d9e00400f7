import { isCalendarDate } from '../calendar-date.ts';
import type { NationalId } from './national-id.ts';

const remainders = '10X98765432';

/**
 * Resident identity number: region, birth date, sequence and a check digit, the MOD 11-2 of ISO 7064. GB 11643-1999, in
 * force since 1 July 1999.
 */
export const china: NationalId = {
  country: 'CN',
  pattern: /(?<![\dA-Za-z]|\d[-.])[1-8]\d{5}[ -]?(?:18|19|20)\d{6}[ -]?\d{3}[\dX](?![\dA-Za-z]|[-.]\d)/gi,
  isValid: (compact) => {
    const sum = [...compact.slice(0, 17)].reduce(
      (total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11),
      0,
    );
    const birth = compact.slice(6, 14);
    return (
      remainders.charAt(sum % 11) === compact.charAt(17) &&
      isCalendarDate(Number(birth.slice(0, 4)), Number(birth.slice(4, 6)), Number(birth.slice(6, 8)))
    );
  },
  words: /身份证|身份證|公民身份|\b(?:id card|identity card|resident id|shenfenzheng)\b/iu,
  isTelling: () => true,
};
