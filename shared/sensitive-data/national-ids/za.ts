import { passesLuhn } from '../luhn.ts';
import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** Identity number: birth date, serial, citizenship and the Luhn check digit. Identification Act 68 of 1997, section 7. */
export const southAfrica: NationalId = {
  country: 'ZA',
  pattern: bounded(String.raw`\d{10}[012]\d{2}|\d{6} \d{4} [012]\d{2}`),
  isValid: (compact) =>
    passesLuhn(compact) &&
    isShortDate(compact.slice(0, 2), Number(compact.slice(2, 4)), Number(compact.slice(4, 6))),
  words:
    /\b(?:id ?(?:number|no|nr)|identity (?:number|no|document)|id-nommer|said|rsa id|south african id)\b/iu,
  isTelling: () => true,
};
