import { isCalendarDate } from '../calendar-date.ts';
import type { NationalId } from './national-id.ts';

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

const passesChecksum = (compact: string): boolean => {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(compact.charAt(index)), 0);
  return (11 - (sum % 11)) % 10 === Number(compact.charAt(12));
};

const centuries: Readonly<Record<string, number>> = {
  1: 1900,
  2: 1900,
  3: 2000,
  4: 2000,
  5: 1900,
  6: 1900,
  7: 2000,
  8: 2000,
};

/**
 * Resident registration number. The Enforcement Rule of the Resident Registration Act, article 2, asks for thirteen
 * digits that say birth date and sex, and never for a check digit: the modulo 11 below is the offices' practice up to
 * 5 October 2020. Later numbers have none, so a hyphen tells as well.
 */
export const southKorea: NationalId = {
  country: 'KR',
  pattern: /(?<![\dA-Za-z]|\d[-.])\d{6}(?: ?- ?| )?[1-8]\d{6}(?![\dA-Za-z]|[-.]\d)/g,
  isValid: (compact) => {
    const century = centuries[compact.charAt(6)] ?? 0;
    return isCalendarDate(
      century + Number(compact.slice(0, 2)),
      Number(compact.slice(2, 4)),
      Number(compact.slice(4, 6)),
    );
  },
  words: /주민|외국인\s?등록|\b(?:rrn|resident registration|alien registration|jumin)\b/iu,
  isTelling: (written) => written.includes('-') || passesChecksum(written.replace(/\D/g, '')),
};
