import { passesLuhn } from '../luhn.ts';
import { bounded } from './bounded.ts';
import type { NationalId } from './national-id.ts';

/** Social insurance number: Luhn; no person's begins with 0 or 8. Employment and Social Development Canada, Social Insurance
 * Number Code of Practice. */
export const canada: NationalId = {
  country: 'CA',
  pattern: bounded(String.raw`[1-79]\d{2}([- ]?)\d{3}\1\d{3}`),
  isValid: passesLuhn,
  words: /\bS\.?I\.?N\b|\bNAS\b|[Ss]ocial [Ii]nsurance|[Aa]ssurance [Ss]ociale/u,
  isTelling: () => true,
};
