import type { NationalId } from './national-id.ts';

/**
 * National insurance number: no check digit, but letters that only it combines. HMRC, National Insurance Manual,
 * NIM39110.
 */
export const unitedKingdom: NationalId = {
  country: 'GB',
  pattern: /(?<![\dA-Za-z])[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![\dA-Za-z])/gi,
  isValid: (compact) =>
    /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(compact),
  words: /\b(?:ni ?no|ni number|national insurance|nat ins)\b/iu,
  isTelling: () => true,
};
