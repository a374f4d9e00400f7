import { plainText } from '../../../shared/sensitive-data/plain-text.ts';

test.each([
  ['４１１１', '4111'],
  ['٤١١١ ۴۱۱۱ ४१११ ๔๑๑๑', '4111 4111 4111 4111'],
  ['𝟒𝟏①⁴', '4114'],
  ['4\u200B1\u00AD1\uFE0F\u20E31\u0336', '4111'],
  ['4 \u00A0\u3000\n\t1', '4 1'],
  ['0123456789', '0123456789'],
  ['०१२३४५६७८९ ٠١٢٣٤٥٦٧٨٩', '0123456789 0123456789'],
])('%j reads %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});
