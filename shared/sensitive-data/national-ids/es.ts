import type { NationalId } from './national-id.ts';

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/**
 * DNI and NIE: the last letter checks the number; a NIE begins with X, Y or Z in place of 0, 1 or 2. Real Decreto
 * 1553/2005 of 23 December, article 11; the table of letters is the Interior Ministry's.
 */
export const spain: NationalId = {
  country: 'ES',
  pattern:
    /(?<![\dA-Za-z]|\d[-.])(?:\d{2}\.?\d{3}\.?\d{3}|[XYZ][- ]?\d{7})[- ]?[A-HJ-NP-TV-Z](?![\dA-Za-z])/gi,
  isValid: (compact) => {
    const number = compact.slice(0, -1).replace(/^[XYZ]/, (first) => String('XYZ'.indexOf(first)));
    return letters.charAt(Number(number) % 23) === compact.slice(-1);
  },
  words: /\b(?:dni|nie|nif|documento (?:nacional )?de identidad)\b/iu,
  isTelling: () => true,
};
