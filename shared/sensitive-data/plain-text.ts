const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const foreignDigit = /(?![0-9])\p{Decimal_Number}/gu;
const marksOnDigits = /(?<=[0-9])\p{Mark}+/gu;
const decimal = /^\p{Decimal_Number}$/u;
// A long run of blanks says no more than a short one and would push words out of reach of the number.
const blanks = /\s+/g;

/** Each script's digits are ten neighbours that begin with its zero, so the distance to the start is the value. */
const toAscii = (digit: string): string => {
  const point = digit.codePointAt(0) ?? 0;
  let below = point;
  while (decimal.test(String.fromCodePoint(below - 1))) below -= 1;
  return String((point - below) % 10);
};

/** To bring a long row of marks into order takes time that grows with its square, and no script needs so many. */
const excessMarks = /(\p{Mark}{30})\p{Mark}+/gu;

/** The text as a reader sees it: full-width and foreign digits as ASCII, nothing invisible, no marks on digits. */
export const plainText = (text: string): string =>
  text
    .replace(excessMarks, '$1')
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(foreignDigit, toAscii)
    .replace(marksOnDigits, '')
    .replace(blanks, ' ');
