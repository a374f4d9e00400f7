import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** CPR: a birth date and four digits, without a check digit to rely on since 1 October 2007. Lov om Det Centrale
 * Personregister, § 3; CPR-kontoret, "Personnumre uden kontrolciffer (modulus 11 kontrol)". */
export const denmark: NationalId = {
  country: 'DK',
  pattern: bounded(String.raw`\d{6} ?-? ?\d{4}`),
  isValid: (compact) =>
    isShortDate(compact.slice(4, 6), Number(compact.slice(2, 4)), Number(compact.slice(0, 2))),
  words: /\bcpr\b|\bcpr-?(?:nr|nummer)|person(?:nummer|nr)\b/iu,
  isTelling: () => true,
};
