import type { NationalId } from './national-id.ts';

const checkDigit = (digits: string): number => {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (digits.length + 1 - index),
    0,
  );
  return ((sum * 10) % 11) % 10;
};

/**
 * CPF. Two check digits modulo 11, with the weights 10 to 2 and 11 to 2, as the Receita Federal's forms check them; the
 * norm of the number itself, Instrução Normativa RFB 2.172 of 2024, says nothing about them.
 */
export const brazil: NationalId = {
  country: 'BR',
  pattern: /(?<![\dA-Za-z]|\d[-.])\d{3}[. ]?\d{3}[. ]?\d{3}[-. ]?\d{2}(?![\dA-Za-z]|[-.]\d)/g,
  isValid: (compact) =>
    !/^(\d)\1*$/.test(compact) &&
    checkDigit(compact.slice(0, 9)) === Number(compact.charAt(9)) &&
    checkDigit(compact.slice(0, 10)) === Number(compact.charAt(10)),
  words: /\b(?:cpf|cadastro de pessoas? físicas?)\b/iu,
  isTelling: (written) => /^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(written),
};
