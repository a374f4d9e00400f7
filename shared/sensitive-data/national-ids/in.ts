import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';
import { passesVerhoeff } from './verhoeff.ts';

/**
 * Aadhaar: twelve digits, mostly in fours; one bare number in ten has the check digit by chance. UIDAI, "A UID Numbering
 * Scheme", 2010.
 */
const aadhaar: NationalId = {
  country: 'IN',
  pattern: /(?<![\dA-Za-z]|\d[-. ])[2-9]\d{3}([- ]?)\d{4}\1\d{4}(?![\dA-Za-z]|[-. ]\d)/g,
  isValid: passesVerhoeff,
  words: /\b(?:aadhaar|aadhar|adhaar|uidai|uid)\b|आधार|ஆதார்|ఆధార్|আধার/iu,
  isTelling: (written) => /[- ]/.test(written),
};

/** PAN: ten characters, the fourth the holder's kind, without a public check. Income-tax Rules 1962, rule 114. */
const pan: NationalId = {
  country: 'IN',
  pattern: bounded(String.raw`[A-Z]{3}[ABCFGHJKLPT][A-Z] ?\d{4} ?[A-Z]`),
  isValid: (compact) => compact.slice(5, 9) !== '0000',
  words: /\bpan\b|permanent account/iu,
  isTelling: () => true,
};

export const india: readonly NationalId[] = [aadhaar, pan];
