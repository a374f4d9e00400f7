import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** Henkilötunnus: the nine digits modulo 31 give the last character; the sign between says the century, with further signs
 * since 2023. Valtioneuvoston asetus väestötietojärjestelmästä (128/2010), 2 § and 3 §. */
export const finland: NationalId = {
  country: 'FI',
  pattern: bounded(String.raw`\d{6}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y]`),
  isValid: (compact) => {
    const digits = compact.slice(0, 6) + compact.slice(-4, -1);
    return (
      '0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(digits) % 31) === compact.slice(-1) &&
      Number(digits.slice(6)) >= 2 &&
      isShortDate(digits.slice(4, 6), Number(digits.slice(2, 4)), Number(digits.slice(0, 2)))
    );
  },
  words: /henkilötunnus|\b(?:hetu|sotu|personbeteckning|personal identity code)\b/iu,
  isTelling: () => true,
};
