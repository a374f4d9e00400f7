import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** Rijksregisternummer, numéro national, and BIS, whose month is 20 or 40 later: 97 less the first nine modulo 97, with a 2
 * before them for births from 2000 on. Arrêté royal of 3 April 1984. */
export const belgium: NationalId = {
  country: 'BE',
  pattern: bounded(String.raw`\d{11}|\d{6}[ -]\d{3}[ .-]\d{2}|\d{2}[. ]\d{2}[. ]\d{2}[- ]?\d{3}[. -]?\d{2}`),
  isValid: (compact) => {
    const month = Number(compact.slice(2, 4)) % 20;
    const day = Number(compact.slice(4, 6));
    const number = Number(compact.slice(0, 9));
    const checks = [number, 2_000_000_000 + number].map((each) => 97 - (each % 97));
    const unknown = day === 0 || month === 0;
    return (
      Number(compact.slice(2, 4)) < 60 &&
      checks.includes(Number(compact.slice(9))) &&
      (unknown || isShortDate(compact.slice(0, 2), month, day))
    );
  },
  words:
    /rijksregister|registre national|num[ée]ro national|nationaal nummer|national (?:register )?number|\b(?:insz|niss|rrn|nrn|bis-?n\w*)\b/iu,
  isTelling: () => true,
};
