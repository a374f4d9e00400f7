import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** NIK: district, birth date (day 40 later for women) and serial, without a check digit. Undang-Undang 23/2006, article 13;
 * Permendagri 72/2022 for the provinces. */
export const indonesia: NationalId = {
  country: 'ID',
  pattern: bounded(String.raw`(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{14}`),
  isValid: (compact) => {
    const day = Number(compact.slice(6, 8));
    return (
      isShortDate(compact.slice(10, 12), Number(compact.slice(8, 10)), day > 40 ? day - 40 : day) &&
      !compact.endsWith('0000')
    );
  },
  words: /\b(?:nik|ktp|e-ktp|nomor induk|kartu keluarga)\b/iu,
  isTelling: () => true,
};
