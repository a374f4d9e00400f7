import type { NationalId } from './national-id.ts';
import { passesVerhoeff } from './verhoeff.ts';

/**
 * Aadhaar: twelve digits, mostly in fours; one bare number in ten has the check digit by chance. UIDAI, "A UID Numbering
 * Scheme", 2010.
 */
export const india: NationalId = {
  country: 'IN',
  pattern: /(?<![\dA-Za-z]|\d[-. ])[2-9]\d{3}([- ]?)\d{4}\1\d{4}(?![\dA-Za-z]|[-. ]\d)/g,
  isValid: passesVerhoeff,
  words: /\b(?:aadhaar|aadhar|adhaar|uidai|uid)\b|आधार|ஆதார்|ఆధార్|আধার/iu,
  isTelling: (written) => /[- ]/.test(written),
};
