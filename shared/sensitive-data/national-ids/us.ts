import type { NationalId } from './national-id.ts';

/**
 * Social security number: no check digit, so nine bare digits count only beside a word. The areas 000, 666 and 900 to
 * 999, the group 00 and the serial 0000 are not given out: Social Security Administration, SSN Randomization, in force
 * since 25 June 2011.
 */
export const unitedStates: NationalId = {
  country: 'US',
  pattern: /(?<![\dA-Za-z]|\d[-.])\d{3}([- ]?)\d{2}\1\d{4}(?![\dA-Za-z]|[-.]\d)/g,
  isValid: (compact) => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(compact),
  words: /\b(?:ssn|social security|social sec|soc sec|tax ?id|taxpayer)\b|número de seguro social/iu,
  isTelling: (written) => /[- ]/.test(written),
};
