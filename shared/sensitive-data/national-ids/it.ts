import { bounded } from './bounded.ts';
import { baseThirtySix } from './check-sums.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const digitPlaces = new Set([6, 7, 9, 10, 12, 13, 14]);

/** Codice fiscale: name, birth date, place and a check letter; digits may be replaced by letters where two people would have
 * the same. Decreto ministeriale 23 December 1976. */
export const italy: NationalId = {
  country: 'IT',
  pattern: bounded(
    String.raw`[A-Z]{3} ?[A-Z]{3} ?[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2} ?[A-Z][\dL-NP-V]{3} ?[A-Z]`,
  ),
  isValid: (compact) => {
    const plain = compact.replace(/[L-NP-V]/g, (letter, index) =>
      digitPlaces.has(index) ? String('LMNPQRSTUV'.indexOf(letter)) : letter,
    );
    const day = Number(plain.slice(9, 11)) % 40;
    const month = 'ABCDEHLMPRST'.indexOf(plain.charAt(8)) + 1;
    const sum = [...compact.slice(0, 15)].reduce((total, character, index) => {
      const value = /\d/.test(character) ? Number(character) : baseThirtySix(character) - 10;
      return total + (index % 2 === 0 ? (odd[value] ?? 0) : value);
    }, 0);
    return (
      isShortDate(plain.slice(6, 8), month, day) && (sum % 26) + 10 === baseThirtySix(compact.charAt(15))
    );
  },
  words: /\b(?:codice fiscale|cod\.? ?fisc\w*|cf|c\.f)\b/iu,
  isTelling: () => true,
};
