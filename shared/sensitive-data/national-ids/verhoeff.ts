const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** Multiplication in the dihedral group of the pentagon, whose elements 5 to 9 are the reflections. */
const multiply = (left: number, right: number): number => {
  const turn = left < 5 ? (left + right) % 5 : (left - right + 10) % 5;
  return left < 5 === right < 5 ? turn : turn + 5;
};

const permute = (digit: number, times: number): number => {
  let value = digit;
  for (let round = 0; round < times % 8; round += 1) value = permutation[value] ?? 0;
  return value;
};

/** The check digit of J. Verhoeff, "Error Detecting Decimal Codes", 1969, as in Aadhaar. */
export const passesVerhoeff = (digits: string): boolean =>
  [...digits].reverse().reduce((check, digit, index) => multiply(check, permute(Number(digit), index)), 0) ===
  0;
