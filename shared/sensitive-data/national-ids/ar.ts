import { bounded } from './bounded.ts';
import { isOneDigit, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** CUIT and CUIL: kind of person, DNI and a check digit modulo 11. AFIP, Resolución General 10/97. */
const cuit: NationalId = {
  country: 'AR',
  pattern: bounded(String.raw`2[034567][- ]?\d{8}[- ]?\d`),
  isValid: (compact) =>
    (11 - (weighted(compact, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(compact.charAt(10)),
  words: /\b(?:cuit|cuil)\b/iu,
  isTelling: () => true,
};

/** DNI: seven or eight digits without a check digit, so only beside its name. Ley 17.671, article 9. */
const dni: NationalId = {
  country: 'AR',
  pattern: bounded(String.raw`[1-9]\d?\.\d{3}\.\d{3}|[1-9]\d{6,7}`),
  isValid: (compact) => !isOneDigit(compact),
  words: /\bdni\b|documento nacional/iu,
  isTelling: () => false,
};

export const argentina: readonly NationalId[] = [cuit, dni];
