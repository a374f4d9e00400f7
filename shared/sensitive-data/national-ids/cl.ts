import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';

const isValid = (compact: string): boolean => {
  const sum = [...compact.slice(0, -1)]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (2 + (index % 6)), 0);
  return '0K987654321'.charAt(sum % 11) === compact.slice(-1);
};

/** RUN, also called RUT: seven or eight digits and a check character modulo 11. Registro Civil; Decreto con Fuerza de Ley 3 of 1969. */
const written: NationalId = {
  country: 'CL',
  pattern: bounded(String.raw`\d{1,2}(?:\.\d{3}){2} ?-? ?[\dK]|\d{7,8} ?- ?[\dK]`),
  isValid,
  words: /\b(?:rut|run)\b|rol [úu]nico/iu,
  isTelling: () => true,
};

const bare: NationalId = {
  country: 'CL',
  pattern: bounded(String.raw`\d{7,8}[\dK]`),
  isValid,
  words: /\bRUT\b|\b[Rr]ut\b|\b[Rr]ol [Úúu]nico|\bRUN\b/u,
  isTelling: () => false,
};

export const chile: readonly NationalId[] = [written, bare];
