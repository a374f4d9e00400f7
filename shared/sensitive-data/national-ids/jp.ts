import { bounded } from './bounded.ts';
import { isOneDigit, weighted } from './check-sums.ts';
import type { NationalId } from './national-id.ts';

/** My Number: eleven digits and a check digit modulo 11. 総務省令第85号 of 2014, article 5. */
export const japan: NationalId = {
  country: 'JP',
  pattern: bounded(String.raw`\d{12}|\d{4}[ -]\d{4}[ -]\d{4}`),
  isValid: (compact) => {
    const rest = weighted(compact, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    return !isOneDigit(compact) && (rest <= 1 ? 0 : 11 - rest) === Number(compact.charAt(11));
  },
  words: /マイナンバー|個人番号|\bmy ?number\b/iu,
  isTelling: () => true,
};
