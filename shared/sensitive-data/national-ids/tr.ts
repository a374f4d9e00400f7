import { bounded } from './bounded.ts';
import { weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** T.C. kimlik numarası: eleven digits, two check digits modulo 10. Nüfus Hizmetleri Kanunu 5490, article 46; the check is the
 * Nüfus ve Vatandaşlık İşleri's. */
export const turkey: NationalId = {
  country: 'TR',
  pattern: bounded(String.raw`[1-9]\d{10}|[1-9]\d{2}[ -]\d{3}[ -]\d{3}[ -]\d{2}`),
  isValid: (compact) => {
    const tenth = weighted(compact, [7, -1, 7, -1, 7, -1, 7, -1, 7]) % 10;
    const last = weighted(compact, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10;
    return (tenth + 10) % 10 === Number(compact.charAt(9)) && last === Number(compact.charAt(10));
  },
  words: /kimlik|\b(?:tckn|tc ?no|t\.?c\.? ?no)\b/iu,
  isTelling: () => true,
};
