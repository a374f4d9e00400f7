/** The digits times the weights, added up. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0);

/** Weights from `first` down to `last`. */
export const down = (first: number, last: number): readonly number[] =>
  Array.from({ length: first - last + 1 }, (_, index) => first - index);

/** Digits and letters as the position in 0 to 9, A to Z. */
export const baseThirtySix = (character: string): number => Number.parseInt(character, 36);

export const isOneDigit = (digits: string): boolean => /^(\d)\1*$/.test(digits);
