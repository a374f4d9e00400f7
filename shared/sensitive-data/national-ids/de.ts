import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';

const hasOneRepeated = (digits: string): boolean => {
  const counts = Array.from('0123456789', (digit) => digits.split(digit).length - 1).filter(
    (count) => count > 1,
  );
  return counts.length === 1 && (counts[0] ?? 0) <= 3 && !/(\d)\1\1/.test(digits);
};

/** Steuerliche Identifikationsnummer: eleven digits, MOD 11,10 of ISO 7064; among the first ten one digit stands twice, or since
 * 2016 thrice but not in a row. § 139b AO; § 1 StIdV. */
export const germany: NationalId = {
  country: 'DE',
  pattern: bounded(String.raw`[1-9]\d{10}|[1-9]\d[ -]?\d{3}[ -]\d{3}[ -]\d{3}`),
  isValid: (compact) => {
    let check = 10;
    for (const digit of compact.slice(0, 10)) {
      const sum = (check + Number(digit)) % 10 || 10;
      check = (sum * 2) % 11;
    }
    return (11 - check) % 10 === Number(compact.charAt(10)) && hasOneRepeated(compact.slice(0, 10));
  },
  words: /steuer-?\s?(?:id|identifikation|nr|nummer)|\bid-?nr\b|\b(?:tin|tax ?id|idnr)\b/iu,
  isTelling: () => true,
};
