import type { NationalId } from './national-id.ts';

/**
 * NIR, the social security number: the key is 97 less the number modulo 97, Corsica's letters counted as digits. Décret
 * 82-103 of 22 January 1982, article 4, for what the number is made of; the key is INSEE's.
 */
export const france: NationalId = {
  country: 'FR',
  pattern:
    /(?<![\dA-Za-z]|\d[-.])[12][ .-]?\d{2}[ .-]?\d{2}[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{2}(?![\dA-Za-z]|[-.]\d)/gi,
  isValid: (compact) => {
    const month = Number(compact.slice(3, 5));
    const isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    const number = compact.slice(0, 13).replace('2A', '19').replace('2B', '18');
    return isMonth && 97n - (BigInt(number) % 97n) === BigInt(compact.slice(13));
  },
  words: /\b(?:nir|insee|s[ée]curit[ée] sociale|s[ée]cu|num[ée]ro de s[ée]cu\w*)\b/iu,
  isTelling: () => true,
};
