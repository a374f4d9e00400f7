import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { isShortDate } from './short-date.ts';

/** CURP: name, birth date, sex, state and a check digit modulo 10. Instructivo normativo para la asignación de la CURP, Diario
 * Oficial of 18 October 2021. */
export const mexico: NationalId = {
  country: 'MX',
  pattern: bounded(String.raw`[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d`),
  isValid: (compact) => {
    const sum = [...compact.slice(0, 17)].reduce(
      (total, character, index) =>
        total + '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'.indexOf(character) * (18 - index),
      0,
    );
    return (
      (10 - (sum % 10)) % 10 === Number(compact.charAt(17)) &&
      isShortDate(compact.slice(4, 6), Number(compact.slice(6, 8)), Number(compact.slice(8, 10)))
    );
  },
  words: /\bcurp\b|clave única/iu,
  isTelling: () => true,
};
