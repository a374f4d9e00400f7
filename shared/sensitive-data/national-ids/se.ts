import { passesLuhn } from '../luhn.ts';
import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** Personnummer and samordningsnummer, whose day is 60 later: Luhn over the ten digits. Folkbokföringslagen (1991:481), 18 §. */
export const sweden: NationalId = {
  country: 'SE',
  pattern: bounded(String.raw`(?:(?:18|19|20)\d{2}|\d{2})\d{4} ?[-+]? ?\d{4}`),
  isValid: (compact) => {
    const digits = compact.slice(-10);
    const day = Number(digits.slice(4, 6));
    const isDay = isShortDate(digits.slice(0, 2), Number(digits.slice(2, 4)), day > 60 ? day - 60 : day);
    return isDay && passesLuhn(digits);
  },
  words: /\b(?:person(?:nummer|nr)|samordningsnummer|personal identity number|p-?nr)\b/iu,
  isTelling: () => true,
};
